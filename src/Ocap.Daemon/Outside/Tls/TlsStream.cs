using System.Runtime.InteropServices;
using Org.BouncyCastle.Tls;

namespace Ocap.Daemon.Outside.Tls;

/// <summary>
/// The client's side of TLS over a connection. The protocol itself never waits: it is fed what arrives and gives what is to be sent, so that no thread
/// waits for a server. One may read and one may write at the same time.
/// </summary>
internal sealed class TlsStream : Stream
{
    private const int MostWrittenAtOnce = 64 * 1024;

    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(1);

    private readonly Stream _wire;
    private readonly string _host;
    private readonly TlsPeer _peer;
    private readonly TlsClientProtocol _protocol = new();

    /// <summary>Held while the protocol computes.</summary>
    private readonly Lock _computing = new();

    /// <summary>Held from taking what is to be sent until it is sent: records must leave in the order they were made.</summary>
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly byte[] _arrived = new byte[16 * 1024 + 512];
    private byte[] _departing = new byte[4 * 1024];
    private TlsFailedException? _failure;
    private int _isDisposed;

    private TlsStream(Stream wire, string host, TrustStore trust) => (_wire, _host, _peer) = (wire, host, new TlsPeer(host, trust));

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Shakes hands with the server behind a connection, which from now on is the stream's to close.</summary>
    /// <exception cref="TlsFailedException">There is no speaking with it, or it is not the host.</exception>
    internal static async Task<TlsStream> ConnectAsync(Stream wire, string host, TrustStore trust, CancellationToken cancel)
    {
        var stream = new TlsStream(wire, host, trust);
        try
        {
            await stream.ShakeHandsAsync(cancel);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            lock (_computing)
            {
                if (_protocol.GetAvailableInputBytes() > 0)
                {
                    return Decrypted(buffer);
                }

                if (_protocol.IsClosed)
                {
                    // What failed, be it while writing, is not an end that the server meant.
                    return _failure is { } failure ? throw failure : 0;
                }
            }

            if (!await ReceiveAsync(cancellationToken))
            {
                throw new TlsFailedException($"the connection with {_host} was cut off before its end", "ECONNRESET");
            }
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            ReadOnlyMemory<byte> part = buffer[..Math.Min(buffer.Length, MostWrittenAtOnce)];
            buffer = buffer[part.Length..];
            Compute(() => _protocol.WriteApplicationData(part.Span));
            await SendAsync(cancellationToken);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            await SayGoodbyeAsync();
            await _wire.DisposeAsync();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Nobody waits for the last words.
            _ = DisposeAsync().AsTask();
        }

        base.Dispose(disposing);
    }

    private async Task ShakeHandsAsync(CancellationToken cancel)
    {
        Compute(() => _protocol.Connect(_peer));
        await SendAsync(cancel);
        while (!_peer.IsReady)
        {
            if (!await ReceiveAsync(cancel))
            {
                throw new TlsFailedException($"{_host} closed the connection during the TLS handshake; does it speak https on this port?", "ECONNRESET");
            }
        }
    }

    /// <summary>Takes what arrives next, and sends what the protocol has to say to it. False at the end of the connection.</summary>
    private async ValueTask<bool> ReceiveAsync(CancellationToken cancel)
    {
        int length = await _wire.ReadAsync(_arrived, cancel);
        if (length == 0)
        {
            return false;
        }

        Compute(() => _protocol.OfferInput(_arrived, 0, length));
        await SendAsync(cancel);
        return true;
    }

    private async ValueTask SendAsync(CancellationToken cancel)
    {
        await _sending.WaitAsync(cancel);
        try
        {
            for (int length; (length = TakeDeparting()) > 0;)
            {
                await _wire.WriteAsync(_departing.AsMemory(0, length), cancel);
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    private int TakeDeparting()
    {
        lock (_computing)
        {
            int length = _protocol.GetAvailableOutputBytes();
            if (length > _departing.Length)
            {
                _departing = new byte[length];
            }

            return _protocol.ReadOutput(_departing, 0, length);
        }
    }

    private int Decrypted(Memory<byte> buffer)
    {
        if (MemoryMarshal.TryGetArray(buffer, out ArraySegment<byte> array))
        {
            return _protocol.ReadInput(array.Array, array.Offset, array.Count);
        }

        byte[] copy = new byte[Math.Min(buffer.Length, _protocol.GetAvailableInputBytes())];
        int length = _protocol.ReadInput(copy, 0, copy.Length);
        copy.AsSpan(0, length).CopyTo(buffer.Span);
        return length;
    }

    private void Compute(Action step)
    {
        lock (_computing)
        {
            bool wasClosed = _protocol.IsClosed;
            try
            {
                step();
            }
            catch (Exception failed)
            {
                // The protocol has closed itself; its alert leaves with the goodbye.
                TlsFailedException failure = _peer.Refusal ?? new TlsFailedException(
                    failed is TlsFatalAlertReceived
                        ? $"{_host} refused the TLS connection: {failed.Message} (spoken here: TLS 1.3 and 1.2 with AES-GCM or ChaCha20-Poly1305)"
                        : $"TLS with {_host} failed: {failed.Message}",
                    "EPROTO",
                    failed);
                _failure ??= wasClosed ? null : failure;
                throw failure;
            }
        }
    }

    /// <summary>Says that the connection ends here on purpose, or the alert that ends it, if the other side takes it at once.</summary>
    private async Task SayGoodbyeAsync()
    {
        using var patience = new CancellationTokenSource(GoodbyePatience);
        try
        {
            lock (_computing)
            {
                _protocol.Close();
            }

            await SendAsync(patience.Token);
        }
        catch (Exception)
        {
            // It was a courtesy.
        }
    }
}
