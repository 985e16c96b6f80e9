namespace Ocap.Store;

/// <summary>Readers that no thread is using. Vats on several threads read at once; each borrows one for the length of a read.</summary>
internal sealed class ReaderPool(string path) : IDisposable
{
    private const int Kept = 8;
    private readonly Lock _lock = new();
    private readonly Stack<Reader> _idle = new(Kept);
    private bool _closed;

    internal Reader Borrow()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(SqliteKernelStore));
            if (_idle.TryPop(out Reader? reader))
            {
                return reader;
            }
        }

        return new Reader(path);
    }

    internal void Return(Reader reader)
    {
        lock (_lock)
        {
            if (!_closed && _idle.Count < Kept)
            {
                _idle.Push(reader);
                return;
            }
        }

        reader.Dispose();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            while (_idle.TryPop(out Reader? reader))
            {
                reader.Dispose();
            }
        }
    }
}
