namespace Ocap.Kernel.Vats.Wire;

/// <summary>A <see cref="CrankReport"/> as bytes.</summary>
public static class ReportFrame
{
    private const byte Send = 1, Subscribe = 2, Resolve = 3, Exit = 4, Gc = 5;

    /// <summary>What no vat comes near by running code, and what a host that was taken over may at most make of its bytes.</summary>
    private const int MostItems = 2_000_000;

    /// <summary>Characters of a text for people: what becomes of it is stored and told many times over.</summary>
    private const int MostWords = 64 << 10;

    /// <summary>Encodes a report.</summary>
    public static ReadOnlyMemory<byte> Write(CrankReport report)
    {
        var writer = new FrameWriter();
        writer.Number(report.Syscalls.Count);
        foreach (VatSyscall syscall in report.Syscalls)
        {
            WriteSyscall(writer, syscall);
        }

        writer.Number(report.Vatstore.Count);
        foreach ((string key, string? value) in report.Vatstore)
        {
            writer.Text(key);
            writer.OptionalText(value);
        }

        writer.Flag(report.Fault is not null);
        if (report.Fault is not null)
        {
            writer.Text(report.Fault.Code);
            writer.Text(report.Fault.Message);
        }

        writer.OptionalText(report.BundleHash);
        writer.Texts(report.WatchedPromises);
        writer.OptionalText(report.Uncaught);
        writer.Flag(report.HeldImports is not null);
        if (report.HeldImports is { } held)
        {
            writer.Texts(held.Reachable);
            writer.Texts(held.Recognizable);
        }

        writer.Flag(report.HasMoreDead);
        writer.Number(report.CpuMicroseconds);
        writer.Number(report.AllocatedBytes);
        writer.Number(report.Statements);
        writer.Number(report.Retained.Least);
        writer.Number(report.Retained.Most);
        OutsideFrame.Write(writer, report.Outside);
        return writer.Written;
    }

    /// <summary>Decodes a report.</summary>
    /// <exception cref="FrameException">The bytes are no report frame.</exception>
    public static CrankReport Read(ReadOnlySpan<byte> frame)
    {
        var reader = new FrameReader(frame, MostItems);
        var syscalls = new VatSyscall[reader.Count()];
        for (int i = 0; i < syscalls.Length; i++)
        {
            syscalls[i] = ReadSyscall(ref reader);
        }

        var vatstore = new KeyValuePair<string, string?>[reader.Count()];
        for (int i = 0; i < vatstore.Length; i++)
        {
            vatstore[i] = new KeyValuePair<string, string?>(reader.Text(), reader.OptionalText());
        }

        var report = new CrankReport
        {
            Syscalls = syscalls,
            Vatstore = vatstore,
            Fault = reader.Flag() ? new VatFault(Words(reader.Text()), Words(reader.Text())) : null,
            BundleHash = reader.OptionalText(),
            WatchedPromises = reader.Texts(),
            Uncaught = reader.OptionalText() is { } uncaught ? Words(uncaught) : null,
            HeldImports = reader.Flag() ? new HeldImports(reader.Texts(), reader.Texts()) : null,
            HasMoreDead = reader.Flag(),
            CpuMicroseconds = reader.Number(),
            AllocatedBytes = reader.Number(),
            Statements = reader.Number(),
            Retained = (reader.Number(), reader.Number()),
            Outside = OutsideFrame.ReadRequests(ref reader),
        };
        return reader.AtEnd ? report : throw new FrameException("bytes behind the end of the report");
    }

    private static string Words(string text) =>
        text.Length <= MostWords ? text : $"{text.AsSpan(0, char.IsHighSurrogate(text[MostWords - 1]) ? MostWords - 1 : MostWords)}… (cut)";

    private static void WriteSyscall(FrameWriter writer, VatSyscall syscall)
    {
        switch (syscall)
        {
            case SyscallSend send:
                writer.Tag(Send);
                writer.Text(send.Target);
                writer.Data(send.Methargs);
                writer.OptionalText(send.Result);
                break;
            case SyscallSubscribe subscribe:
                writer.Tag(Subscribe);
                writer.Text(subscribe.Promise);
                break;
            case SyscallResolve resolve:
                writer.Tag(Resolve);
                writer.Settlements(resolve.Settlements);
                break;
            case SyscallExit exit:
                writer.Tag(Exit);
                writer.Flag(exit.IsFailure);
                writer.Data(exit.Info);
                break;
            case SyscallGc gc:
                writer.Tag(Gc);
                writer.Tag((byte)gc.Kind);
                writer.Texts(gc.VRefs);
                break;
            default:
                throw new KernelInvariantException($"no frame for syscall {syscall.GetType().Name}");
        }
    }

    private static VatSyscall ReadSyscall(ref FrameReader reader) => reader.Tag() switch
    {
        Send => new SyscallSend(reader.Text(), reader.Data(), reader.OptionalText()),
        Subscribe => new SyscallSubscribe(reader.Text()),
        Resolve => new SyscallResolve(reader.Settlements()),
        Exit => new SyscallExit(reader.Flag(), reader.Data()),
        Gc => new SyscallGc(GcKind(reader.Tag()), reader.Texts()),
        byte other => throw new FrameException($"unknown syscall {other}"),
    };

    private static GcSyscallKind GcKind(byte tag) =>
        tag <= (byte)GcSyscallKind.AbandonExports ? (GcSyscallKind)tag : throw new FrameException($"unknown collection syscall {tag}");
}
