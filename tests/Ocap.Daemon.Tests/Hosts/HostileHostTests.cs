using System.Runtime.Versioning;
using System.Text;
using Ocap.Daemon.Hosts;
using Ocap.Daemon.Log;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Vats;
using Ocap.Kernel.Vats.Wire;
using Ocap.Vats;
using Ocap.Vats.Hosting;

namespace Ocap.Daemon.Tests.Hosts;

/// <summary>Code that has taken over the process it runs in may say whatever it likes: it harms the vats of that process and nobody else.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HostileHostTests : IDisposable
{
    private const byte FetchBundle = 3, KeptBundle = 4;
    private const string Config = """{"bundleSpec":"file:///a.bundle","creationOptions":{"isolation":"own"}}""";

    private readonly string _directory = Directory.CreateTempSubdirectory("ocap-hosts-").FullName;
    private readonly DaemonLog _log;
    private readonly ScriptedLauncher _launcher = new();
    private readonly AllBundles _bundles = new();
    private readonly HostedVats _vats;
    private readonly IVatWorker _worker;
    private readonly ListeningClient _client = new();
    private readonly IVatWorker _other;
    private readonly ListeningClient _otherClient = new();
    private readonly ScriptedHost _hostile;

    public HostileHostTests()
    {
        _log = new DaemonLog(Path.Combine(_directory, "daemon.log"), TimeProvider.System);
        _vats = new HostedVats(_launcher, _bundles, _log, HostPatience.Default);
        _worker = _vats.Create(new VatToRun(new VatId(1), new SubclusterId(1), Config), _client);
        _hostile = _launcher[0];
        _other = _vats.Create(new VatToRun(new VatId(2), new SubclusterId(1), "{}"), _otherClient);
        _ = _launcher[1];
    }

    public void Dispose()
    {
        _vats.Dispose();
        _log.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Test]
    public async Task It_reports_a_crank_that_it_was_not_given()
    {
        _hostile.Finish(1);
        await AssertEndedAsync();
        await Assert.That(_client.Told).IsEquivalentTo(["lost"]);
    }

    [Test]
    public async Task It_reports_a_crank_again_and_again()
    {
        _worker.Deliver(Start(null));
        for (int i = 0; i < 50; i++)
        {
            _hostile.Finish(1);
        }

        await AssertEndedAsync();
        await Assert.That(_client.Told).IsEquivalentTo(["finished", "lost"]);
    }

    [Test]
    [Arguments((byte)0)]
    [Arguments((byte)HostMessage.Plan)]
    [Arguments((byte)HostMessage.Deliver)]
    [Arguments((byte)HostMessage.End)]
    [Arguments((byte)63)]
    [Arguments((byte)200)]
    public async Task It_says_what_a_host_does_not_say(byte message)
    {
        _hostile.Say((HostMessage)message, 1);
        await AssertEndedAsync();
    }

    [Test]
    public async Task It_announces_more_than_may_be_sent()
    {
        _hostile.SayRaw([0, 0, 0, 0x05, (byte)HostMessage.Log, 1, 0, 0, 0]);
        await AssertEndedAsync();
    }

    [Test]
    public async Task It_stops_in_the_middle_of_a_frame()
    {
        _hostile.SayRaw([9, 0, 0, 0, (byte)HostMessage.CrankFinished, 1, 0]);
        await AssertOtherWorksAsync();
        _hostile.Die();
        await AssertEndedAsync();
    }

    [Test]
    public async Task It_says_that_it_must_be_killed_and_does_not_say_for_whom()
    {
        _worker.Deliver(Start(null));
        _hostile.Say(HostMessage.Abandoned, 1);
        await Assert.That((await _client.LostAsync()).IsSuspect).IsTrue();
        await AssertEndedAsync();
    }

    [Test]
    public async Task It_asks_for_code_that_is_not_its_vats()
    {
        _worker.Deliver(Start("aa"));
        await Assert.That(Ask(FetchBundle, """{"bundleSpec":"file:///etc/passwd"}""")).Contains("not what the vat was configured with");
        await Assert.That(Ask(KeptBundle, "bb")).Contains("not the vat's bundle");
        await Assert.That(_bundles.Asked).IsEmpty();
        await Assert.That(Ask(KeptBundle, "aa")).Contains("content of aa");
        await Assert.That(Ask(FetchBundle, Config)).Contains("fetched");
        await Assert.That(Ask(KeptBundle, "fetched")).Contains("content of fetched");
        await AssertOtherWorksAsync();
    }

    [Test]
    public async Task It_asks_many_things_at_once()
    {
        _bundles.Held = new ManualResetEventSlim();
        _worker.Deliver(Start(null));
        for (int i = 0; i < 100; i++)
        {
            _hostile.Say(HostMessage.Question, 1, Question(FetchBundle, Config));
        }

        await AssertEndedAsync();
        _bundles.Held.Set();
        await Assert.That(_bundles.Asked.Count).IsLessThanOrEqualTo(1);
    }

    [Test]
    public async Task It_says_a_thousand_things_at_random()
    {
        var random = new Random(4711);
        for (int round = 0; round < 200; round++)
        {
            var client = new ListeningClient();
            IVatWorker worker = _vats.Create(new VatToRun(new VatId(3), new SubclusterId(1), Config), client);
            ScriptedHost host = _launcher[round + 2];
            worker.Deliver(Start(null));
            for (int word = 0; word < 5; word++)
            {
                byte[] payload = new byte[random.Next(40)];
                random.NextBytes(payload);
                host.Say((HostMessage)(random.Next(8) == 0 ? random.Next(256) : random.Next(64, 70)), random.Next(-1, 3), payload);
            }

            host.Die();
            await client.LostAsync();
        }

        await AssertOtherWorksAsync();
    }

    /// <summary>It is gone, and the vat of another host is as it was.</summary>
    private async Task AssertEndedAsync()
    {
        await _client.LostAsync();
        await Assert.That(_hostile.IsKilled).IsTrue();
        await AssertOtherWorksAsync();
    }

    private async Task AssertOtherWorksAsync()
    {
        _other.Deliver(Start(null));
        _launcher[1].Finish(1);
        await Assert.That(await _otherClient.FinishedAsync()).IsTrue();
    }

    private string Ask(byte kind, string argument)
    {
        _hostile.Say(HostMessage.Question, 1, Question(kind, argument));
        return Encoding.UTF8.GetString(_hostile.HearAnswer());
    }

    private static byte[] Question(byte kind, string argument)
    {
        byte[] text = Encoding.UTF8.GetBytes(argument);
        int header = text.Length << 1;
        return header < 128 ? [kind, (byte)header, .. text] : [kind, (byte)(header | 128), (byte)(header >> 7), .. text];
    }

    private static ReadOnlyMemory<byte> Start(string? hash) => DeliveryFrame.Write(new StartVat(Config, Marshal.CapData.Undefined, hash));

    private sealed class AllBundles : IBundleSource
    {
        internal List<string> Asked { get; } = [];

        internal ManualResetEventSlim? Held { get; set; }

        public VatBundle Fetch(string vatConfig)
        {
            lock (Asked)
            {
                Asked.Add(vatConfig);
            }

            Held?.Wait(TimeSpan.FromSeconds(10));
            return Kept("fetched");
        }

        public VatBundle Kept(string hash) => new(hash, Encoding.UTF8.GetBytes("content of " + hash));
    }
}
