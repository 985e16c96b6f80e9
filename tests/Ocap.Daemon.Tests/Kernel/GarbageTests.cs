using System.Buffers;
using System.Runtime.Versioning;
using System.Text.Json;
using Ocap.Daemon.Home;
using Ocap.Daemon.Log;
using Ocap.Kernel.Api;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Subclusters;
using Ocap.Marshal;

namespace Ocap.Daemon.Tests.Kernel;

/// <summary>Garbage between real vats, which live in this process: what nobody holds leaves the database.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class GarbageTests : IDisposable
{
    private const int Calls = 30;
    private const int Each = 200;

    /// <summary>Rows of an object that one vat has exported to another: owner, counts, and two in each c-list.</summary>
    private const int RowsOfOne = 6;

    /// <summary>What may be left besides: rows of queued and settled messages.</summary>
    private const int Others = 100;

    private const string Source = """
        var __vatExports__ = { buildRootObject() {
          const far = methods => { Object.setPrototypeOf(methods, harden(Object.create(Object.prototype, { [Symbol.for('passStyle')]: { value: 'remotable' }, [Symbol.toStringTag]: { value: 'Alleged: thing' } }))); return harden(methods); };
          let peer, held;
          return far({
            bootstrap(roots) { peer = roots.b; },
            give(n) { return HandledPromise.applyMethod(peer, 'latest', [harden(Array.from({ length: n }, () => far({})))]); },
            latest(list) { held = list; return held.length; },
          });
        } };
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ocap-garbage-");

    private HomeDirectory Home => HomeDirectory.Resolve(_folder.FullName, _ => null);

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    public async Task Rows_follow_what_is_held_not_what_has_ever_been_sent()
    {
        string bundle = Path.Combine(_folder.FullName, "vat.bundle");
        await File.WriteAllBytesAsync(bundle, JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["moduleFormat"] = "iife", ["code"] = Source }));
        using var log = new DaemonLog(Home.Log, TimeProvider.System);
        KRef root;
        int atFirst;
        await using (IDaemonKernel kernel = Open(log))
        {
            string vat = $"{{\"bundleSpec\":{JsonSerializer.Serialize(new Uri(bundle).AbsoluteUri)}}}";
            using JsonDocument config = JsonDocument.Parse($"{{\"bootstrap\":\"a\",\"vats\":{{\"a\":{vat},\"b\":{vat}}}}}");
            root = (await Ask<LaunchResult>(answer => kernel.Api.LaunchSubcluster(ClusterConfig.Parse(config.RootElement), answer))).Root;
            atFirst = Rows(kernel);
            for (int call = 0; call < Calls; call++)
            {
                Settlement settled = await Ask<Settlement>(answer => kernel.Api.QueueMessage(root, new CapData($"#[\"give\",[{Each}]]", []), answer));
                await Assert.That(settled.Value.Body).IsEqualTo($"#{Each}");
            }

            // By itself, a vat is asked after a thousand deliveries and objects; and not again within a minute, at most, when looking for garbage took long.
            const int Bound = ((1_000 + Each) * RowsOfOne) + Others;
            for (int wait = 0; Rows(kernel) - atFirst > Bound && wait < 800; wait++)
            {
                await Task.Delay(100);
                await Ask<Done>(kernel.Api.Sync);
            }

            await Assert.That(Rows(kernel) - atFirst).IsLessThanOrEqualTo(Bound);

            // On request, all that is not held goes.
            await Ask<Done>(kernel.Api.CollectGarbage);
            await Assert.That(Rows(kernel) - atFirst).IsBetween(Each * RowsOfOne, (Each * RowsOfOne) + Others);
        }

        // With the heap goes what only the heap held.
        await using (IDaemonKernel kernel = Open(log))
        {
            await Ask<Done>(kernel.Api.CollectGarbage);
            await Assert.That(Rows(kernel) - atFirst).IsLessThanOrEqualTo(Others);
            await Ask<Settlement>(answer => kernel.Api.QueueMessage(root, new CapData("#[\"latest\",[[]]]", []), answer));
        }
    }

    private IDaemonKernel Open(DaemonLog log)
    {
        IDaemonKernel kernel = KernelComposition.Create(
            new DaemonContext(Home, log, TimeProvider.System) { VatsAreHosted = false }, path => throw new NotSupportedException(path));
        kernel.Begin();
        return kernel;
    }

    private static async Task<T> Ask<T>(Action<Action<Answer<T>>> request)
    {
        var told = new TaskCompletionSource<Answer<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        request(told.SetResult);
        Answer<T> answer = await told.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return answer.IsOk ? answer.Value! : throw new InvalidOperationException(answer.Failure);
    }

    private static int Rows(IDaemonKernel kernel)
    {
        var rows = new ArrayBufferWriter<byte>();
        kernel.Query.Run("SELECT count(*) AS n FROM kv", rows);
        using JsonDocument document = JsonDocument.Parse(rows.WrittenMemory);
        return document.RootElement[0].GetProperty("n").GetInt32();
    }
}
