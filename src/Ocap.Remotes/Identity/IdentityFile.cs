using Ocap.Remotes.Content;
using System.Text.Json;

namespace Ocap.Remotes.Identity;

/// <summary>
/// Keeps a kernel's identity in one JSON file, <c>{"peerId":…,"keySeed":…,"ocapURLKey":…}</c>, readable by its owner only. It is not in the
/// database, so that no query, dump or plain backup can hold the secrets.
/// </summary>
public static class IdentityFile
{
    private const int MaxLength = 4096;

    /// <summary>The identity in <paramref name="path"/>; where there is none, a new one, which is on disk when this returns. The directory must exist.</summary>
    /// <exception cref="IdentityFileException">The file is there but damaged, or is no plain file. It is never replaced.</exception>
    /// <exception cref="IOException">The file could not be read or written.</exception>
    public static KernelIdentity LoadOrCreate(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists && file.LinkTarget is null && !Directory.Exists(path))
        {
            KernelIdentity created = KernelIdentity.Create();
            if (DurableFile.TryCreate(path, Format(created)))
            {
                return created;
            }
            file.Refresh();
        }
        return Load(file);
    }

    /// <summary>
    /// Takes over an identity that another program kept: on return it is on disk in <paramref name="path"/>. Nothing happens when it is there already.
    /// </summary>
    /// <param name="path">The identity file, in an existing directory.</param>
    /// <param name="keySeed">64 hexadecimal digits.</param>
    /// <param name="ocapUrlKey">64 hexadecimal digits, or null for a kernel that has issued no OCAP URL: it gets a new key.</param>
    /// <exception cref="IdentityFileException">The file holds another identity, or cannot be read; or the texts are no identity. Nothing was changed.</exception>
    /// <exception cref="IOException">The file could not be read or written.</exception>
    public static void Adopt(string path, string keySeed, string? ocapUrlKey)
    {
        byte[] seed = HexBytes(keySeed, PeerId.SeedLength) ?? throw new IdentityFileException(path, NotTaken("keySeed", PeerId.SeedLength));
        byte[]? key = ocapUrlKey is null ? null
            : HexBytes(ocapUrlKey, KernelIdentity.OcapUrlKeyLength) ?? throw new IdentityFileException(path, NotTaken("ocapURLKey", KernelIdentity.OcapUrlKeyLength));
        var adopted = new KernelIdentity(seed, key ?? KernelIdentity.Create().OcapUrlKey);
        if (DurableFile.TryCreate(path, Format(adopted)))
        {
            return;
        }

        KernelIdentity there = LoadOrCreate(path);
        if (!there.KeySeed.SequenceEqual(adopted.KeySeed) || (key is not null && !there.OcapUrlKey.SequenceEqual(adopted.OcapUrlKey)))
        {
            throw new IdentityFileException(path, $"is of another kernel ({there.PeerId}) than the database beside it ({adopted.PeerId})");
        }
    }

    private static string NotTaken(string key, int length) => $"cannot be made from the database: its \"{key}\" is not {length * 2} hexadecimal digits";

    private static KernelIdentity Load(FileInfo file)
    {
        string path = file.FullName;
        if (file.LinkTarget is not null)
        {
            throw new IdentityFileException(path, "is a symbolic link, and secrets are not read through links");
        }
        if (!file.Exists || file.Attributes.HasFlag(FileAttributes.Directory))
        {
            throw new IdentityFileException(path, "is not a file");
        }
        if (file.Length is 0 or > MaxLength)
        {
            throw new IdentityFileException(path, file.Length == 0 ? "is empty" : $"is damaged: it has {file.Length} bytes, an identity has less than {MaxLength}");
        }
        KeepPrivate(path);
        return Parse(path, File.ReadAllBytes(path));
    }

    private static KernelIdentity Parse(string path, byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var identity = new KernelIdentity(Secret(path, document.RootElement, "keySeed", PeerId.SeedLength), Secret(path, document.RootElement, "ocapURLKey", KernelIdentity.OcapUrlKeyLength));

            // The id follows from the seed; it is written beside it so that a flipped bit is noticed here and not by every peer.
            if (!document.RootElement.TryGetProperty("peerId", out JsonElement peerId) || peerId.ValueKind != JsonValueKind.String || !peerId.ValueEquals(identity.PeerId.Text))
            {
                throw new IdentityFileException(path, $"is damaged: its peerId is not the one of its keySeed, {identity.PeerId}");
            }
            return identity;
        }
        catch (JsonException e)
        {
            throw new IdentityFileException(path, "is damaged: it is not valid JSON", e);
        }
    }

    private static byte[] Secret(string path, JsonElement root, string key, int length)
    {
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String)
        {
            if (HexBytes(value.GetString(), length) is { } bytes)
            {
                return bytes;
            }
        }
        throw new IdentityFileException(path, $"is damaged: \"{key}\" must be {length * 2} hexadecimal digits");
    }

    private static byte[]? HexBytes(string? hex, int length)
    {
        var bytes = new byte[length];
        return hex?.Length == length * 2 && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done ? bytes : null;
    }

    private static byte[] Format(KernelIdentity identity)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("peerId", identity.PeerId.Text);
            json.WriteString("keySeed", Convert.ToHexStringLower(identity.KeySeed));
            json.WriteString("ocapURLKey", Convert.ToHexStringLower(identity.OcapUrlKey));
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    // A copy or a restored backup may have become readable for others.
    private static void KeepPrivate(string path)
    {
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~ownerOnly) != UnixFileMode.None)
        {
            File.SetUnixFileMode(path, ownerOnly);
        }
    }
}
