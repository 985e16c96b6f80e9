namespace Ocap.Daemon.Params;

/// <summary>Where in the parameters a value stands: <c>config.vats.alice</c>.</summary>
internal sealed record ParamPath(ParamPath? Parent, string Key)
{
    public override string ToString() => Parent is null ? Key : $"{Parent}.{Key}";
}
