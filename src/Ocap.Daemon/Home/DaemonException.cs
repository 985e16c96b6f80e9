namespace Ocap.Daemon.Home;

/// <summary>A refusal or failure around a daemon's home, locks or start: its message is a sentence for the person at the terminal.</summary>
public sealed class DaemonException(string message) : Exception(message)
{
    /// <summary>The sentence alone: nobody at a terminal wants a stack for it.</summary>
    public override string ToString() => Message;
}
