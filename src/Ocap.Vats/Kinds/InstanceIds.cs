using System.Globalization;
using Ocap.Vats.Liveslots;

namespace Ocap.Vats.Kinds;

/// <summary>Numbers the instances of one kind; those of a durable kind go on where the last incarnation ended.</summary>
internal sealed class InstanceIds(CrankVatstore? store, string row, long next)
{
    private long _next = next;

    internal long Next()
    {
        long id = _next++;
        Save();
        return id;
    }

    internal void Save() => store?.Set(row, _next.ToString(CultureInfo.InvariantCulture));
}
