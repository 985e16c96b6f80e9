using System.Text.Json;
using Ocap.Store.Native;
using SQLitePCL;

namespace Ocap.Store.Query;

/// <summary>
/// Rows as JSON objects. Integers are written exactly (the reference rounds those past 2^53), infinite numbers as null, blobs as the
/// reference's Node prints a Buffer: <c>{"type":"Buffer","data":[1,2]}</c>. Of columns with one name the last counts, at the first's place.
/// </summary>
internal sealed class RowWriter
{
    private readonly Statement _statement;
    private readonly Utf8JsonWriter _json;
    private readonly long _most;
    private readonly List<(JsonEncodedText Name, int Column)> _columns = [];

    internal RowWriter(Statement statement, Utf8JsonWriter json, int mostBytes)
    {
        _statement = statement;
        _json = json;
        _most = Written + mostBytes;
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int column = 0; column < statement.ColumnCount; column++)
        {
            string name = statement.ColumnName(column);
            if (places.TryAdd(name, _columns.Count))
            {
                _columns.Add((JsonEncodedText.Encode(name), column));
            }
            else
            {
                _columns[places[name]] = (_columns[places[name]].Name, column);
            }
        }
    }

    private long Written => _json.BytesCommitted + _json.BytesPending;

    /// <summary>Writes the row the statement stands on; false when that makes the result too long.</summary>
    internal bool TryWrite()
    {
        _json.WriteStartObject();
        foreach ((JsonEncodedText name, int column) in _columns)
        {
            // Before, so that nothing long is copied in vain; after, because JSON is longer than what it encodes.
            if (Written + (IsLong(column) ? _statement.Bytes(column).Length : 0) > _most)
            {
                return false;
            }

            _json.WritePropertyName(name);
            WriteValue(column);
        }

        _json.WriteEndObject();
        return Written <= _most;
    }

    private bool IsLong(int column) => _statement.ColumnType(column) is raw.SQLITE_TEXT or raw.SQLITE_BLOB;

    private void WriteValue(int column)
    {
        switch (_statement.ColumnType(column))
        {
            case raw.SQLITE_INTEGER:
                _json.WriteNumberValue(_statement.Number(column));
                break;
            case raw.SQLITE_FLOAT when _statement.Double(column) is var number && double.IsFinite(number):
                _json.WriteNumberValue(number);
                break;
            case raw.SQLITE_TEXT:
                _json.WriteStringValue(_statement.Text(column));
                break;
            case raw.SQLITE_BLOB:
                WriteBlob(_statement.Bytes(column));
                break;
            default:
                _json.WriteNullValue();
                break;
        }
    }

    private void WriteBlob(ReadOnlySpan<byte> bytes)
    {
        _json.WriteStartObject();
        _json.WriteString("type"u8, "Buffer"u8);
        _json.WriteStartArray("data"u8);
        foreach (byte b in bytes)
        {
            _json.WriteNumberValue(b);
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }
}
