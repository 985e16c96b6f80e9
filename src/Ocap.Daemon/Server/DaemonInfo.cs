namespace Ocap.Daemon.Server;

/// <summary>What <c>getDaemonInfo</c> says about the process; the vats' counts come from the kernel.</summary>
/// <param name="Version">The version of this binary.</param>
/// <param name="Protocol">The number of the protocol on the socket.</param>
/// <param name="Pid">The process.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="Home">The state directory, absolute.</param>
/// <param name="Socket">The socket, absolute.</param>
/// <param name="Log">The newest log file, absolute; empty when the log goes to standard error.</param>
public sealed record DaemonInfo(string Version, int Protocol, int Pid, DateTimeOffset StartedAt, string Home, string Socket, string Log);
