using Ocap.Kernel.Outside;
using Ocap.Kernel.Vats;
using Ocap.Kernel.Vats.Wire;

namespace Ocap.Vats.Hosting;

/// <summary>
/// What a vat's thread asks the daemon and waits for: one row below for each kind, one method of <see cref="HostedClient"/> that asks it.
/// An answer is a flag, then what was asked for, or the sentence why there is none.
/// </summary>
public static class WorkerQuestion
{
    internal const byte VatstoreGet = 1, VatstoreGetNext = 2, FetchBundle = 3, KeptBundle = 4, FileExists = 5;

    private const int MostCharacters = 64 << 10;

    /// <summary>Whether the answer may take long: to be given on a thread that nobody else waits for.</summary>
    public static bool IsSlow(ReadOnlySpan<byte> question) => question is [FetchBundle or KeptBundle or FileExists, ..];

    /// <summary>Answers a question, in the daemon. Never throws: a question that cannot be answered is answered with the reason.</summary>
    public static ReadOnlyMemory<byte> Answer(ReadOnlySpan<byte> question, IVatWorkerClient client, IBundleSource bundles)
    {
        try
        {
            var answer = new FrameWriter();
            answer.Flag(true);
            var reader = new FrameReader(question);
            switch (reader.Tag())
            {
                case VatstoreGet: answer.RowWith(client, (int)reader.Number(), reader.Text()); break;
                case VatstoreGetNext: answer.Rows(client, (int)reader.Number(), reader.Text()); break;
                case FetchBundle: answer.Text(bundles.Fetch(reader.Text()).Hash); break;
                case KeptBundle: answer.Bytes(bundles.Kept(reader.Text()).Content.Span); break;
                case FileExists: answer.Probe(client.FileExists(reader.Text())); break;
                case byte other: throw new FrameException($"unknown question {other}");
            }

            return answer.Written;
        }
        catch (Exception failed)
        {
            var refusal = new FrameWriter();
            refusal.Flag(false);
            refusal.Text(failed.Message);
            return refusal.Written;
        }
    }

    private static void Probe(this FrameWriter writer, FileProbe probe)
    {
        writer.Flag(probe.Exists);
        writer.OptionalText(probe.Complaint);
    }

    /// <summary>The value of a key, then the rows behind it.</summary>
    private static void RowWith(this FrameWriter writer, IVatWorkerClient client, int most, string key)
    {
        writer.OptionalText(client.VatstoreGet(key));
        writer.Rows(client, most, key);
    }

    /// <summary>The rows behind a key, at most so many, and not many more characters than <see cref="MostCharacters"/>; then whether there are more.</summary>
    private static void Rows(this FrameWriter writer, IVatWorkerClient client, int most, string key)
    {
        int characters = 0;
        for (int i = 0; i < most && characters < MostCharacters; i++)
        {
            if (client.VatstoreGetNext(key) is not { } row)
            {
                writer.OptionalText(null);
                writer.Flag(false);
                return;
            }

            key = row.Key;
            characters += row.Key.Length + row.Value.Length;
            writer.OptionalText(row.Key);
            writer.Text(row.Value);
        }

        writer.OptionalText(null);
        writer.Flag(true);
    }
}
