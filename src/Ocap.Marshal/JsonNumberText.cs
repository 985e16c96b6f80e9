using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Ocap.Marshal;

/// <summary>Reads JSON numbers as <c>JSON.parse</c> does: the nearest double, infinite when too large.</summary>
internal static class JsonNumberText
{
    public static double ToDouble(JsonElement number) =>
        double.Parse(JsonMarshal.GetRawUtf8Value(number), NumberStyles.Float, CultureInfo.InvariantCulture);
}
