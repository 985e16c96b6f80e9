using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Ocap.Daemon.Home;
using Ocap.Daemon.Lifecycle;
using Ocap.Vats.Hosting;

namespace Ocap.Daemon.Hosts;

/// <summary>A child process of this executable, in a session of its own, with an environment of our making and no descriptor but its link.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class HostProcess : IHostProcess
{
    private HostProcess(int pid) => Pid = pid;

    public int Pid { get; }

    public long ResidentBytes
    {
        get
        {
            try
            {
                // Sizes in pages: all of it, what is in memory, …
                string[] sizes = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{Pid}/statm")).Split(' ');
                return long.Parse(sizes[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
            }
            catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
            {
                return 0;
            }
        }
    }

    public TimeSpan ProcessorTime => HostActivity.ProcessorTime(Pid);

    public HostActivity Activity => HostActivity.Of(Pid);

    // Its number cannot come to mean another process before it is reaped.
    public void Kill() => _ = Libc.Kill(Pid, Libc.KillSignal);

    public string Reap() => Libc.HowItEnded(Pid);

    /// <summary>Starts them.</summary>
    internal sealed unsafe class Launcher : IHostLauncher
    {
        private const short NewSessionLinux = 0x80;
        private const short NewSessionDarwin = 0x400;
        private const short CloseByDefaultDarwin = 0x4000;
        private const string ThisProgram = "/proc/self/exe";

        public IHostProcess Launch(SafeHandle link, long heapLimit)
        {
            // The name that the system keeps of this program stands for it even when its file has been replaced by a newer one.
            string program = OperatingSystem.IsLinux() && File.Exists(ThisProgram)
                ? ThisProgram
                : Environment.ProcessPath ?? throw new DaemonException("Cannot start a process for vats: the system does not tell where this program is.");
            Libc.CloseOthersOnExec();
            byte* actions = stackalloc byte[Libc.SpawnStructureSize];
            byte* attributes = stackalloc byte[Libc.SpawnStructureSize];
            Libc.SpawnActionsInit(actions);
            for (int standard = 0; standard <= 2; standard++)
                Libc.SpawnActionsOpen(actions, standard, "/dev/null", 2, 0);
            Libc.SpawnActionsDuplicate(actions, (int)link.DangerousGetHandle(), VatHost.LinkDescriptor);
            Libc.SpawnAttributesInit(attributes);
            Libc.SpawnAttributesFlags(attributes, OperatingSystem.IsMacOS() ? (short)(NewSessionDarwin | CloseByDefaultDarwin) : NewSessionLinux);
            using NativeStrings arguments = new(["ocap", VatHost.CommandName]);

            // The program is linked to collect with all threads stopped, which costs least; a host full of a vat's garbage shall not stop its other vats.
            // What is young has 24 MiB, whatever the caches of the machine: three launches of 250 kB find room, and moving all of it stops the vats for a twentieth of a second.
            // And what native code (decoders of responses) lets go of, glibc would keep for the next time: large blocks are to be the system's again.
            using NativeStrings environment = new([string.Create(CultureInfo.InvariantCulture, $"DOTNET_GCHeapHardLimit={heapLimit:X}"), "DOTNET_gcConcurrent=1", "DOTNET_GCgen0size=1800000", "MALLOC_MMAP_THRESHOLD_=131072"]);
            int pid = 0;
            int error = Libc.Spawn(&pid, program, actions, attributes, arguments.Pointers, environment.Pointers);
            Libc.SpawnActionsDestroy(actions);
            Libc.SpawnAttributesDestroy(attributes);
            return error == 0 ? new HostProcess(pid) : throw new DaemonException($"Cannot start a process for vats: {Libc.Describe(error)}.");
        }
    }
}
