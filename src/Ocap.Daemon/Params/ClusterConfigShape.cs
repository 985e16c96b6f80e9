namespace Ocap.Daemon.Params;

/// <summary>The shape of a cluster configuration (spec/cluster-config.md §1, §3).</summary>
internal static class ClusterConfigShape
{
    private static readonly Field Direction = new("direction", new ChoiceShape("in", "out", "inout"), IsOptional: true);
    private static readonly Field Unit = new("unit", new ChoiceShape("line", "string", "chars", "bytes"), IsOptional: true);

    private static readonly Shape IoChannel = new UnionShape(
        "object | object | object | object | object",
        new ObjectShape(new Field("type", new ChoiceShape("console")), Direction, Unit),
        new ObjectShape(new Field("type", new ChoiceShape("listen")), new Field("hostport", TextShape.Instance), Direction, Unit),
        new ObjectShape(new Field("type", new ChoiceShape("network")), new Field("hostport", TextShape.Instance), Direction, Unit),
        new ObjectShape(new Field("type", new ChoiceShape("file")), new Field("path", TextShape.Instance), Direction, Unit),
        new ObjectShape(new Field("type", new ChoiceShape("socket")), new Field("path", TextShape.Instance), Direction, Unit));

    internal static readonly Shape Instance = new ObjectShape(
        new Field("bootstrap", TextShape.Instance),
        new Field("forceReset", BooleanShape.Instance, IsOptional: true),
        new Field("services", new ListShape(TextShape.Instance), IsOptional: true),
        new Field("io", new RecordShape(IoChannel), IsOptional: true),
        new Field("vats", new RecordShape(VatConfigShape.Instance)),
        new Field("bundles", new RecordShape(VatConfigShape.Instance), IsOptional: true));
}
