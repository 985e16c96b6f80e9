namespace Ocap.Kernel.Vats.Wire;

/// <summary>A <see cref="VatDelivery"/> as bytes.</summary>
public static class DeliveryFrame
{
    private const byte Start = 1, Message = 2, Notify = 3, DropExports = 4, RetireExports = 5, RetireImports = 6, BringOutYourDead = 7, Outside = 8;

    /// <summary>Encodes a delivery.</summary>
    public static ReadOnlyMemory<byte> Write(VatDelivery delivery)
    {
        var writer = new FrameWriter();
        switch (delivery)
        {
            case StartVat start:
                writer.Tag(Start);
                writer.Text(start.VatConfig);
                writer.Data(start.Parameters);
                writer.OptionalText(start.BundleHash);
                break;
            case DeliverMessage message:
                writer.Tag(Message);
                writer.Text(message.Target);
                writer.Data(message.Methargs);
                writer.OptionalText(message.Result);
                break;
            case DeliverNotify notify:
                writer.Tag(Notify);
                writer.Settlements(notify.Settlements);
                break;
            case DeliverDropExports drop:
                writer.Tag(DropExports);
                writer.Texts(drop.VRefs);
                break;
            case DeliverRetireExports retire:
                writer.Tag(RetireExports);
                writer.Texts(retire.VRefs);
                break;
            case DeliverRetireImports retire:
                writer.Tag(RetireImports);
                writer.Texts(retire.VRefs);
                break;
            case DeliverBringOutYourDead:
                writer.Tag(BringOutYourDead);
                break;
            case DeliverOutside outside:
                writer.Tag(Outside);
                OutsideFrame.Write(writer, outside);
                break;
            default:
                throw new KernelInvariantException($"no frame for delivery {delivery.GetType().Name}");
        }

        return writer.Written;
    }

    /// <summary>Decodes a delivery.</summary>
    /// <exception cref="FrameException">The bytes are no delivery frame.</exception>
    public static VatDelivery Read(ReadOnlySpan<byte> frame)
    {
        var reader = new FrameReader(frame);
        VatDelivery delivery = reader.Tag() switch
        {
            Start => new StartVat(reader.Text(), reader.Data(), reader.OptionalText()),
            Message => new DeliverMessage(reader.Text(), reader.Data(), reader.OptionalText()),
            Notify => new DeliverNotify(reader.Settlements()),
            DropExports => new DeliverDropExports(reader.Texts()),
            RetireExports => new DeliverRetireExports(reader.Texts()),
            RetireImports => new DeliverRetireImports(reader.Texts()),
            BringOutYourDead => new DeliverBringOutYourDead(),
            Outside => OutsideFrame.ReadDelivery(ref reader),
            byte other => throw new FrameException($"unknown delivery {other}"),
        };
        return reader.AtEnd ? delivery : throw new FrameException("bytes behind the end of the delivery");
    }
}
