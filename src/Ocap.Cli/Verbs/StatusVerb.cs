using System.Globalization;
using System.Text;
using Ocap.Cli.Client;
using Ocap.Cli.Output;
using Ocap.Daemon.Home;

namespace Ocap.Cli.Verbs;

/// <summary><c>daemon status</c>: asks a daemon how it is, and never starts one. Exit code 0 when it runs, 3 when it does not, 1 when it does and cannot say how it is.</summary>
internal static class StatusVerb
{
    private const int NotRunning = 3;

    /// <summary>A daemon that is well answers sooner.</summary>
    internal static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    internal static int Run(bool json = false)
    {
        HomeDirectory home = Invocation.Home;
        try
        {
            using DaemonConnection? connection = DaemonConnection.TryOpen(home.Socket, AnswerLimit);
            if (connection is null)
                return Say(DaemonReport.WhyNobodyListens(home), json);
            RpcReply reply = RpcReply.Parse(connection.Call(RpcRequest.Line("getDaemonInfo", default), AnswerLimit));
            if (reply.Error is { } error)
                return Say(DaemonReport.OfTroubled(home, $"Error: {Terminal.Harmless(error.Message)} (code {error.Code})"), json);
            VersionNotice.Give(home);
            if (json)
                ExecVerb.Print([.. "{\"running\":true,"u8, .. reply.Result.Span[1..]]);
            else
                Terminal.Result(Describe(DaemonDescription.Parse(reply.Result.Span), home));
            return 0;
        }
        catch (NotServedException)
        {
            return Say(new DaemonReport(home, false, null, "Daemon is stopping."), json);
        }
        catch (NoAnswerException silence)
        {
            return Say(DaemonReport.OfSilent(home, silence), json);
        }
    }

    /// <summary>Says what is known without the daemon: to a person, and as JSON to a program.</summary>
    private static int Say(DaemonReport report, bool json)
    {
        Terminal.Say(report.Sentence);
        if (json)
            ExecVerb.Print(report.ToJson());
        else if (report.IsRunning)
            Terminal.Say($"  pid      {report.Pid}\n  socket   {report.Home.Tilde(report.Home.Socket)}\n  log      {report.Home.Tilde(report.Home.Log)}");
        return report.IsRunning ? 1 : NotRunning;
    }

    private static string Describe(DaemonDescription daemon, HomeDirectory home)
    {
        StringBuilder text = new("Daemon is running.\n");
        Line("pid", daemon.Pid.ToString(CultureInfo.InvariantCulture));
        Line("version", daemon.Version);
        Line("socket", home.Tilde(daemon.Socket));
        Line("home", home.Tilde(daemon.Home));
        Line("uptime", Duration(TimeSpan.FromMilliseconds(daemon.UptimeMs)));
        Line("vats", $"{daemon.Running} running, {daemon.Starting} starting, {daemon.Failed.Count} failed");
        foreach (string failure in daemon.Failed)
            Line("", failure);
        for (int i = 0; i < daemon.Hosts.Count; i++)
            Line(i == 0 ? "hosts" : "", daemon.Hosts[i]);
        for (int i = 0; i < daemon.Usage.Count; i++)
            Line(i == 0 ? "usage" : "", daemon.Usage[i]);
        Line("log", home.Tilde(daemon.Log));
        return Terminal.Harmless(text.ToString().TrimEnd('\n'));

        void Line(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"  {name,-8} {value}\n");
    }

    /// <summary>The two largest units that say something.</summary>
    internal static string Duration(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => $"{time.Seconds} s",
        { TotalHours: < 1 } => $"{time.Minutes} min {time.Seconds} s",
        { TotalDays: < 1 } => $"{time.Hours} h {time.Minutes} min",
        _ => $"{(int)time.TotalDays} d {time.Hours} h",
    };
}
