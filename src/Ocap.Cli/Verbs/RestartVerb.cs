namespace Ocap.Cli.Verbs;

/// <summary><c>daemon restart</c>: a daemon of this version runs when this returns 0.</summary>
internal static class RestartVerb
{
    internal static int Run() => StopVerb.Run() is not 0 and var failed ? failed : StartVerb.Run();
}
