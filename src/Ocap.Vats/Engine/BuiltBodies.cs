using Jint.Runtime;

namespace Ocap.Vats;

/// <summary>
/// What the engine has built to interpret a vat's functions since it was last discarded. Each part remembers the objects that came by last, so that nothing is
/// garbage that it has seen; discarded, it is built anew when the function is called next.
/// </summary>
internal sealed class BuiltBodies
{
    /// <summary>Those of the vat that this thread works for.</summary>
    [ThreadStatic]
    private static BuiltBodies? t_current;

    private readonly List<WeakReference> _definitions = [];
    private int _sweepAt = 1024;

    static BuiltBodies() => FunctionBodies.Built = static definition => t_current?.Add(definition);

    /// <summary>This thread works for the vat.</summary>
    internal void Enter() => t_current = this;

    /// <summary>It does so no longer.</summary>
    internal void Leave() => t_current = t_current == this ? null : t_current;

    /// <summary>Not while code of the vat is on the stack.</summary>
    internal void Discard()
    {
        foreach (WeakReference definition in _definitions)
        {
            if (definition.Target is { } living)
            {
                FunctionBodies.Discard(living);
            }
        }

        _definitions.Clear();
    }

    private void Add(object definition)
    {
        if (_definitions.Count >= _sweepAt)
        {
            _definitions.RemoveAll(static one => !one.IsAlive);
            _sweepAt = Math.Max(1024, 2 * _definitions.Count);
        }

        _definitions.Add(new WeakReference(definition));
    }
}
