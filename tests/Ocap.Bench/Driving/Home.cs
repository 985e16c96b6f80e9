using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ocap.Bench.Machine;

namespace Ocap.Bench.Driving;

/// <summary>A home of its own for a daemon, gone when disposed.</summary>
internal sealed class Home : IDisposable
{
    private readonly string _ocap;

    internal Home(string ocap, string folder, string name)
    {
        _ocap = ocap;
        Path = System.IO.Path.Combine(folder, name);
    }

    internal string Path { get; }

    internal int Pid => int.Parse(File.ReadAllText(System.IO.Path.Combine(Path, "daemon.pid")), CultureInfo.InvariantCulture);

    internal ProcessCounters Counters => new(Pid);

    /// <summary>Runs <c>ocap</c> on this home; milliseconds.</summary>
    internal double Ocap(params string[] arguments) => Child.Run(_ocap, arguments, Path);

    internal Client Connect() => new(System.IO.Path.Combine(Path, "daemon.sock"));

    /// <summary>Launches one subcluster whose bootstrap vat is the first; returns its root, a kref.</summary>
    internal string Launch(params string[] bundles)
    {
        using Client client = Connect();
        return Launch(client, bundles);
    }

    internal static string Launch(Client client, params string[] bundles) => Launch(client, "", bundles);

    /// <summary>Launches one vat in a process of its own.</summary>
    internal static string LaunchApart(Client client, string bundle) => Launch(client, ",\"creationOptions\":{\"isolation\":\"own\"}", bundle);

    private static string Launch(Client client, string options, params string[] bundles)
    {
        JsonElement launched = client.Call("launchSubcluster", Config(bundles, options));
        return launched.GetProperty("rootKref").GetString() ?? throw new InvalidOperationException($"no root in {launched}");
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Ocap("daemon", "stop");
            Directory.Delete(Path, recursive: true);
        }
    }

    /// <summary>Waits until every vat of the daemon runs; milliseconds since <paramref name="start"/>.</summary>
    internal double WhenAllRun(long start, int vats)
    {
        using Client client = Connect();
        while (true)
        {
            int running = client.Call("getStatus").GetProperty("vats").GetArrayLength();
            if (running >= vats)
            {
                return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            Thread.Sleep(2);
        }
    }

    private static string Config(string[] bundles, string options)
    {
        StringBuilder config = new("{\"config\":{\"bootstrap\":\"a\",\"vats\":{");
        for (int i = 0; i < bundles.Length; i++)
        {
            string name = i switch { 0 => "a", 1 => "b", _ => string.Create(CultureInfo.InvariantCulture, $"v{i}") };
            config.Append(i == 0 ? "" : ",").Append('"').Append(name).Append("\":{\"bundleSpec\":\"")
                .Append(JsonEncodedText.Encode(new Uri(bundles[i]).AbsoluteUri)).Append('"').Append(options).Append('}');
        }

        return config.Append("}}}").ToString();
    }
}
