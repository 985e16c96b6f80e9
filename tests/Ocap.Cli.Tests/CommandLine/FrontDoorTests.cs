using Ocap.Cli.CommandLine;

namespace Ocap.Cli.Tests.CommandLine;

public sealed class FrontDoorTests
{
    [Test]
    [Arguments("daemon", "daemon start")]
    [Arguments("daemon begone --force", "daemon purge --force")]
    [Arguments("daemon purge --force=true", "daemon purge --force")]
    [Arguments("daemon purge --no-force", "daemon purge")]
    [Arguments("daemon exec", "daemon exec")]
    [Arguments("daemon exec --timeout 3 getStatus []", "daemon exec getStatus [] --timeout 3")]
    [Arguments("daemon exec getStatus --timeout=3", "daemon exec getStatus --timeout 3")]
    [Arguments("daemon exec m -", "daemon exec m -")]
    [Arguments("daemon exec stop", "daemon exec stop")]
    [Arguments("daemon exec -- m []", "daemon exec m []")]
    [Arguments("daemon logs -f", "daemon logs --follow")]
    [Arguments("bundle a b", "bundle a b")]
    [Arguments("bundle a -o d b --json", "bundle --out-dir d --json a b")]
    [Arguments("bundle -- help", "bundle help")]
    public async Task A_right_line_is_brought_into_one_form(string line, string canonical)
    {
        Request request = FrontDoor.Read(line.Split(' '), "1.2.3");
        await Assert.That(request).IsTypeOf<Request.Run>();
        await Assert.That(string.Join(' ', ((Request.Run)request).Arguments)).IsEqualTo(canonical);
    }

    [Test]
    [Arguments("--home /h daemon stop", "/h")]
    [Arguments("daemon --home /h stop", "/h")]
    [Arguments("daemon stop --home=/h", "/h")]
    [Arguments("daemon exec m --home /h []", "/h")]
    [Arguments("daemon stop --home=", "")]
    [Arguments("daemon stop", null)]
    public async Task The_home_may_be_named_anywhere(string line, string? home)
    {
        await Assert.That(((Request.Run)FrontDoor.Read(line.Split(' '), "1.2.3")).Home).IsEqualTo(home);
    }

    [Test]
    [Arguments("daemon stop -- --home /h")]
    [Arguments("daemon stop --home /a --home /b")]
    [Arguments("daemon exec --timeout 1 --timeout 2")]
    [Arguments("daemon status --json=maybe")]
    [Arguments("daemon purge --force --no-bogus")]
    [Arguments("--timeout 3 daemon exec")]
    [Arguments("daemon logs -x")]
    [Arguments("daemon logs --f")]
    [Arguments("bundle -- -x.js")]
    [Arguments("--no-home daemon stop")]
    [Arguments("help nosuch")]
    [Arguments("daemon help nosuch")]
    [Arguments("nosuch --help")]
    [Arguments("daemon exec --timeout= m")]
    [Arguments("bundle --out-dir= a.js")]
    public async Task A_wrong_line_is_a_mistake(string line)
    {
        await Assert.That(FrontDoor.Read(line.Split(' '), "1.2.3")).IsTypeOf<Request.Mistake>();
    }

    [Test]
    [Arguments("daemon exec", "", "An argument cannot be empty: method")]
    [Arguments("daemon exec m", "", "An argument cannot be empty: params-json")]
    [Arguments("daemon queueMessage ko4", "", "An argument cannot be empty: method")]
    [Arguments("bundle a.js", "", "An argument cannot be empty: targets")]
    [Arguments("serve", "", "An argument cannot be empty: dir")]
    [Arguments("bundle a.js -o", "", "An option's value cannot be empty: --out-dir")]
    public async Task An_empty_word_is_a_mistake(string line, string word, string mistake)
    {
        await Assert.That(FrontDoor.Read([.. line.Split(' '), word], "1.2.3")).IsTypeOf<Request.Mistake>().And.Member(m => ((Request.Mistake)m).Text, text => text.StartsWith(mistake));
    }

    [Test]
    public async Task Help_wins_over_mistakes_and_version_over_help()
    {
        await Assert.That(FrontDoor.Read(["daemon", "stop", "--bogus", "--help"], "1.2.3")).IsEqualTo(new Request.Print(HelpText.For(CommandTable.Root.Find("daemon")!.Find("stop")!)));
        await Assert.That(FrontDoor.Read(["--help", "--version"], "1.2.3")).IsEqualTo(new Request.Print("1.2.3"));
    }

    [Test]
    public async Task What_ocap_says_to_itself_is_not_in_the_help()
    {
        await Assert.That(((Request.Print)FrontDoor.Read(["daemon", "run", "--help"], "1.2.3")).Text).DoesNotContain("detached");
        await Assert.That(string.Join(' ', ((Request.Run)FrontDoor.Read(["daemon", "run", "--detached"], "1.2.3")).Arguments)).IsEqualTo("daemon run --detached");
    }

    [Test]
    [Arguments("stpo", "stop")]
    [Arguments("statsu", "status")]
    [Arguments("pruge", "purge")]
    [Arguments("begon", "begone")]
    [Arguments("re", "restart")]
    [Arguments("zzz", null)]
    [Arguments("", null)]
    public async Task The_nearest_word_is_suggested_if_it_is_near(string word, string? suggestion)
    {
        await Assert.That(Suggestion.For(word, ["start", "stop", "restart", "status", "purge", "begone"])).IsEqualTo(suggestion);
    }
}
