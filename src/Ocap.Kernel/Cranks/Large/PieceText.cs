using System.Globalization;
using System.Text;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Cranks.Large;

/// <summary>A piece as the text of one row: numbers end with a comma, a text is its length and its characters. What is written has been checked to be well-formed.</summary>
internal static class PieceText
{
    private const char Send = 's', SendOnly = 'o', Subscribe = 'b', Fulfill = 'f', Reject = 'r', Resolve = 'v', SettlePart = 'w', Forget = 'x', Exit = 'e', Collect = 'g', Put = 'p', Delete = 'd';

    internal static string Write(Piece piece)
    {
        var text = new StringBuilder();
        for (int i = 0; i < piece.Syscalls.Count; i++)
        {
            Append(text, piece.Syscalls[i]);
        }

        for (int i = 0; i < piece.Vatstore.Count; i++)
        {
            (string key, string? value) = piece.Vatstore[i];
            Append(text.Append(value is null ? Delete : Put), key);
            if (value is not null)
            {
                Append(text, value);
            }
        }

        return text.ToString();
    }

    /// <exception cref="KernelInvariantException">The kernel did not write this.</exception>
    internal static Piece Read(string text)
    {
        var syscalls = new List<VatSyscall>();
        var rows = new List<KeyValuePair<string, string?>>();
        var reader = new Reader(text);
        while (!reader.IsAtEnd)
        {
            switch (reader.Tag())
            {
                case Send:
                    syscalls.Add(new SyscallSend(reader.Text(), reader.Data(), reader.Text()));
                    break;
                case SendOnly:
                    syscalls.Add(new SyscallSend(reader.Text(), reader.Data(), null));
                    break;
                case Subscribe:
                    syscalls.Add(new SyscallSubscribe(reader.Text()));
                    break;
                case Resolve:
                    syscalls.Add(new SyscallResolve(reader.Settlements()));
                    break;
                case SettlePart:
                    syscalls.Add(new SettleSome(reader.Settlements()));
                    break;
                case Forget:
                    syscalls.Add(new ForgetSettled(reader.Texts()));
                    break;
                case Collect:
                    syscalls.Add(new SyscallGc((GcSyscallKind)reader.Number(), reader.Texts()));
                    break;
                case Exit:
                    syscalls.Add(new SyscallExit(false, reader.Data()));
                    break;
                case Put:
                    rows.Add(new KeyValuePair<string, string?>(reader.Text(), reader.Text()));
                    break;
                case Delete:
                    rows.Add(new KeyValuePair<string, string?>(reader.Text(), null));
                    break;
                case char other:
                    throw new KernelInvariantException($"unknown part '{other}' of a crank");
            }
        }

        return new Piece(syscalls, rows);
    }

    private static void Append(StringBuilder text, VatSyscall syscall)
    {
        switch (syscall)
        {
            case SyscallSend send:
                Append(text.Append(send.Result is null ? SendOnly : Send), send.Target);
                Append(text, send.Methargs);
                if (send.Result is not null)
                {
                    Append(text, send.Result);
                }

                break;
            case SyscallSubscribe subscribe:
                Append(text.Append(Subscribe), subscribe.Promise);
                break;
            case SyscallResolve resolve:
                Append(text.Append(Resolve), resolve.Settlements);
                break;
            case SettleSome some:
                Append(text.Append(SettlePart), some.Settlements);
                break;
            case ForgetSettled forget:
                Append(text.Append(Forget), forget.Promises);
                break;
            case SyscallGc gc:
                Append(text.Append(Collect), (int)gc.Kind);
                Append(text, gc.VRefs);
                break;
            case SyscallExit { IsFailure: false } exit:
                Append(text.Append(Exit), exit.Info);
                break;
            default:
                throw new KernelInvariantException($"no text for syscall {syscall.GetType().Name}");
        }
    }

    private static void Append(StringBuilder text, IReadOnlyList<PromiseSettlement> settlements)
    {
        Append(text, settlements.Count);
        for (int i = 0; i < settlements.Count; i++)
        {
            Append(text.Append(settlements[i].Rejected ? Reject : Fulfill), settlements[i].Promise);
            Append(text, settlements[i].Value);
        }
    }

    private static void Append(StringBuilder text, CapData value)
    {
        Append(text, value.Body);
        Append(text, value.Slots);
    }

    private static void Append(StringBuilder text, IReadOnlyList<string> values)
    {
        Append(text, values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            Append(text, values[i]);
        }
    }

    private static void Append(StringBuilder text, string value)
    {
        Append(text, value.Length);
        text.Append(value);
    }

    private static void Append(StringBuilder text, int number) => text.Append(CultureInfo.InvariantCulture, $"{number},");

    private ref struct Reader(string text)
    {
        private ReadOnlySpan<char> _rest = text;

        internal readonly bool IsAtEnd => _rest.IsEmpty;

        internal char Tag() => Take(1)[0];

        internal int Number()
        {
            int comma = _rest.IndexOf(',');
            if (comma < 0 || !int.TryParse(_rest[..comma], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                throw Damaged();
            }

            _rest = _rest[(comma + 1)..];
            return number;
        }

        internal string Text() => Take(Number()).ToString();

        internal CapData Data() => new(Text(), Texts());

        internal string[] Texts()
        {
            string[] texts = new string[Count()];
            for (int i = 0; i < texts.Length; i++)
            {
                texts[i] = Text();
            }

            return texts;
        }

        internal PromiseSettlement[] Settlements()
        {
            var settlements = new PromiseSettlement[Count()];
            for (int i = 0; i < settlements.Length; i++)
            {
                bool rejected = Tag() switch
                {
                    Reject => true,
                    Fulfill => false,
                    _ => throw Damaged(),
                };
                settlements[i] = new PromiseSettlement(Text(), rejected, Data());
            }

            return settlements;
        }

        /// <summary>Each item takes a character at least.</summary>
        private int Count()
        {
            int count = Number();
            return count <= _rest.Length ? count : throw Damaged();
        }

        private ReadOnlySpan<char> Take(int count)
        {
            if (count > _rest.Length)
            {
                throw Damaged();
            }

            ReadOnlySpan<char> taken = _rest[..count];
            _rest = _rest[count..];
            return taken;
        }

        private static KernelInvariantException Damaged() => new("a piece of a crank that cannot be read");
    }
}
