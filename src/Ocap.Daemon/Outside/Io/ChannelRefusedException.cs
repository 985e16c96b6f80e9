namespace Ocap.Daemon.Outside.Io;

/// <summary>A channel's socket cannot be had; the message names the path, the reason and the way out.</summary>
internal sealed class ChannelRefusedException(string message) : Exception(message);
