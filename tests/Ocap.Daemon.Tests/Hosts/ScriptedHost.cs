using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Ocap.Daemon.Home;
using Ocap.Daemon.Hosts;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Vats;
using Ocap.Kernel.Vats.Wire;
using Ocap.Vats.Hosting;

namespace Ocap.Daemon.Tests.Hosts;

/// <summary>Starts hosts that are no processes: what they say is the test's to decide, and killing one closes its end.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class ScriptedLauncher : IHostLauncher
{
    internal List<ScriptedHost> Hosts { get; } = [];

    /// <summary>Hosts say at once that they are ready.</summary>
    internal bool AreReady { get; set; } = true;

    /// <summary>Why no host can be started, or null.</summary>
    internal string? Refusal { get; set; }

    public IHostProcess Launch(SafeHandle link, long heapLimit)
    {
        if (Refusal is not null)
        {
            throw new DaemonException(Refusal);
        }

        // A child has a descriptor of its own.
        var socket = new SafeFileHandle(Duplicate((int)link.DangerousGetHandle()), ownsHandle: true);
        var host = new ScriptedHost(new HostLink(socket, mayWait: true), socket, Hosts.Count + 1);
        if (AreReady)
        {
            host.Say(HostMessage.Ready, 0, "none"u8);
        }

        lock (Hosts)
        {
            Hosts.Add(host);
        }

        return host;
    }

    /// <summary>The host that was started so many hosts after the first.</summary>
    internal ScriptedHost this[int index]
    {
        get
        {
            SpinWait.SpinUntil(
                () =>
                {
                    lock (Hosts)
                    {
                        return Hosts.Count > index;
                    }
                },
                TimeSpan.FromSeconds(10));
            lock (Hosts)
            {
                return Hosts[index];
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);
}

/// <summary>A host in the test's hands.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class ScriptedHost(HostLink link, SafeHandle socket, int pid) : IHostProcess
{
    private readonly ManualResetEventSlim _killed = new();
    private long _resident = 1024;
    private int _looks;

    public int Pid => pid;

    public long ResidentBytes
    {
        get
        {
            Interlocked.Increment(ref _looks);
            return Interlocked.Read(ref _resident);
        }
        set => Interlocked.Exchange(ref _resident, value);
    }

    /// <summary>How often somebody has asked what it takes.</summary>
    internal int Looks => Volatile.Read(ref _looks);

    public TimeSpan ProcessorTime { get; set; }

    public HostActivity Activity => IsFrozen ? new HostActivity(7, WantsToRun: false) : HostActivity.Unknown;

    /// <summary>The system says that it does nothing at all.</summary>
    internal bool IsFrozen { get; set; }

    internal bool IsKilled => _killed.IsSet;

    public void Kill()
    {
        link.HangUp();
        _killed.Set();
    }

    public string Reap()
    {
        _killed.Wait(TimeSpan.FromSeconds(10));
        return "signal 9";
    }

    /// <summary>Dies by itself.</summary>
    internal void Die() => Kill();

    internal void Say(HostMessage message, int worker, ReadOnlySpan<byte> payload = default) => link.Send(message, worker, payload);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, byte[] bytes, nuint length);

    /// <summary>Says bytes that need not be frames.</summary>
    internal void SayRaw(byte[] bytes) => Write((int)socket.DangerousGetHandle(), bytes, (nuint)bytes.Length);

    internal void Finish(int worker) => Say(HostMessage.CrankFinished, worker, ReportFrame.Write(new CrankReport()).Span);

    /// <summary>The next word to this host, and whom it is about.</summary>
    internal (HostMessage Message, int Worker) Hear() => link.TryReceive(out HostFrame frame) ? (frame.Message, frame.Worker) : default;

    /// <summary>The next answer to this host, as bytes.</summary>
    internal byte[] HearAnswer()
    {
        while (link.TryReceive(out HostFrame frame))
        {
            if (frame.Message == HostMessage.Answer)
            {
                return frame.Payload.ToArray();
            }
        }

        throw new InvalidOperationException("the link ended before an answer");
    }

    /// <summary>Reads on until this is said.</summary>
    internal void HearUntil(HostMessage message)
    {
        while (Hear() is var heard && heard.Message != message)
        {
            if (heard == default)
            {
                throw new InvalidOperationException($"the link ended before {message}");
            }
        }
    }
}

/// <summary>A kernel's side that keeps what it is told.</summary>
internal sealed class ListeningClient : IVatWorkerClient
{
    private readonly TaskCompletionSource<(string Reason, bool IsSuspect)> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _told = new(0);

    internal List<string> Told { get; } = [];

    internal Task<(string Reason, bool IsSuspect)> LostAsync() => _lost.Task.WaitAsync(TimeSpan.FromSeconds(10));

    internal Task<bool> FinishedAsync() => _told.WaitAsync(TimeSpan.FromSeconds(10));

    public void CrankFinished(ReadOnlyMemory<byte> report)
    {
        Told.Add("finished");
        _told.Release();
    }

    public void Lost(string reason, bool isSuspect)
    {
        Told.Add("lost");
        _lost.TrySetResult((reason, isSuspect));
    }

    public string? VatstoreGet(string key) => null;

    public KeyValuePair<string, string>? VatstoreGetNext(string key) => null;

    public FileProbe FileExists(string path) => default;

    public void Log(string level, string text) => Told.Add($"{level}: {text}");
}
