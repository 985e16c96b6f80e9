using System.Runtime.Versioning;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Vats;
using Ocap.Kernel.Vats.Wire;

namespace Ocap.Vats.Hosting;

/// <summary>The daemon, as a worker in a vat host sees it: what the worker says goes through the link, and its thread waits for what it asks.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class HostedClient(HostLink link, int worker, BundleCache cache, bool storeIsEmpty) : IVatWorkerClient, IBundleSource
{
    private readonly SemaphoreSlim _answered = new(0);
    private readonly RowsAhead _ahead = new();
    private readonly ConsoleBudget _console = new();
    private byte[] _answer = [];
    private volatile bool _hasEnded;

    // What is committed is known of a new vat as long as nothing can have been: until its first crank is over.
    private volatile bool _storeIsEmpty = storeIsEmpty;

    public void CrankFinished(ReadOnlyMemory<byte> report)
    {
        _storeIsEmpty = false;
        _ahead.Forget();
        ReadOnlySpan<byte> bytes = report.Length <= HostLink.MostFromHost ? report.Span : ReportFrame.Write(new CrankReport
        {
            Fault = new VatFault("MEMORY_LIMIT", $"one delivery changed or sent {report.Length >> 20} MiB; at most {HostLink.MostFromHost >> 20} MiB can be passed on"),
        }).Span;
        link.Send(HostMessage.CrankFinished, worker, bytes);
    }

    public void Lost(string reason, bool isSuspect) => throw new NotSupportedException("a worker is not lost without its host");

    /// <summary>What the daemon would leave out is not sent: hearing it would take time from the other vats.</summary>
    public void Log(string level, string text)
    {
        if (!_console.TryTake(text.Length, Environment.TickCount64, out string? note))
        {
            return;
        }

        if (note is not null)
        {
            link.Send(HostMessage.Log, worker, ConsoleLine.Write("warn", note).Span);
        }

        link.Send(HostMessage.Log, worker, ConsoleLine.Write(level, text).Span);
    }

    public string? VatstoreGet(string key)
    {
        if (_storeIsEmpty)
        {
            return null;
        }

        if (!_ahead.TryGet(key, out string? value))
        {
            int most = _ahead.WantedWith(key);
            FrameReader answer = Ask(WorkerQuestion.VatstoreGet, key, most);
            value = answer.OptionalText();
            List<KeyValuePair<string, string>> rows = Rows(ref answer, most);
            _ahead.TakeWith(key, value, rows, hasMore: answer.Flag(), most);
        }

        return value;
    }

    public KeyValuePair<string, string>? VatstoreGetNext(string key)
    {
        if (_storeIsEmpty)
        {
            return null;
        }

        if (!_ahead.TryNext(key, out KeyValuePair<string, string>? row))
        {
            int most = _ahead.WantedBehind(key);
            FrameReader answer = Ask(WorkerQuestion.VatstoreGetNext, key, most);
            List<KeyValuePair<string, string>> rows = Rows(ref answer, most);
            row = _ahead.TakeBehind(key, rows, hasMore: answer.Flag(), most);
        }

        return row;
    }

    public FileProbe FileExists(string path)
    {
        FrameReader answer = Ask(WorkerQuestion.FileExists, path);
        return new FileProbe(answer.Flag(), answer.OptionalText());
    }

    public VatBundle Fetch(string vatConfig) => Kept(Ask(WorkerQuestion.FetchBundle, vatConfig).Text());

    public VatBundle Kept(string hash)
    {
        if (cache.Find(hash) is { } known)
        {
            return known;
        }

        // The last that there is in the answer, which nobody else keeps.
        int length = Ask(WorkerQuestion.KeptBundle, hash).Bytes().Length;
        return cache.Add(new VatBundle(hash, _answer.AsMemory(_answer.Length - length)));
    }

    /// <summary>The answer to the question that the worker's thread waits for.</summary>
    internal void Answer(ReadOnlySpan<byte> answer)
    {
        _answer = answer.ToArray();
        _answered.Release();
    }

    /// <summary>The worker is ended: there will be no answer.</summary>
    internal void End()
    {
        _hasEnded = true;
        _answered.Release();
    }

    private static List<KeyValuePair<string, string>> Rows(ref FrameReader answer, int most)
    {
        List<KeyValuePair<string, string>> rows = new(most);
        while (answer.OptionalText() is { } found)
        {
            rows.Add(new(found, answer.Text()));
        }

        return rows;
    }

    private FrameReader Ask(byte question, string argument, long? number = null)
    {
        var writer = new FrameWriter();
        writer.Tag(question);
        if (number is { } given)
        {
            writer.Number(given);
        }

        writer.Text(argument);
        link.Send(HostMessage.Question, worker, writer.Written.Span);
        _answered.Wait();
        if (_hasEnded)
        {
            throw new OperationCanceledException("the vat has been ended");
        }

        var answer = new FrameReader(_answer);
        return answer.Flag() ? answer : throw new BundleException(answer.Text());
    }
}
