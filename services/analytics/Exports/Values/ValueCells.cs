using System.Buffers;
using System.Text;
using System.Text.Json;
using Gengdu.Rules;

namespace Gengdu.Analytics.Exports.Values;

/// <summary>The lines of a file of values. Numbers go from the stored document to the line as the same bytes.</summary>
internal sealed class ValueCells(Programme programme, ExportWords words)
{
    private readonly Dictionary<string, byte[]> _names = [];
    private byte[] _start = [];

    public ArrayBufferWriter<byte> Written { get; } = new(1 << 20);

    public long Count { get; private set; }

    /// <summary>The mark by which spreadsheets know UTF-8, and the headings.</summary>
    public void Start() => Written.Write(Encoding.UTF8.GetBytes("\uFEFF" + words.Of(
        "代码,单位,上级,模块,字段,名称,计量单位,年级或行,列,值\r\n", "code,organisation,above,module,field,name,unit,grade or row,column,value\r\n")));

    public void Module(string code, string name, string above, string moduleKey, ReadOnlySpan<byte> values)
    {
        var module = programme.Module(moduleKey);
        _start = Encoding.UTF8.GetBytes($"{CsvText.Of(code)},{CsvText.Of(name)},{CsvText.Of(above)},{CsvText.Of(module is null ? moduleKey : words.Of(module.Name))},");
        var reader = new Utf8JsonReader(values);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            var field = programme.Field(key);
            if (field is { IsPersonal: true })
            {
                reader.Skip();
                continue;
            }

            Field(ref reader, NameOf(key, field), field);
        }
    }

    private void Field(ref Utf8JsonReader reader, byte[] name, Field? field)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Grades(ref reader, name);
                break;
            case JsonTokenType.StartArray:
                Rows(ref reader, name, field);
                break;
            case JsonTokenType.Null:
                break;
            default:
                Cell(ref reader, name, "", "");
                break;
        }
    }

    private void Grades(ref Utf8JsonReader reader, byte[] name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var grade = reader.GetString()!;
            reader.Read();
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.Null)
            {
                reader.Skip();
                continue;
            }

            Cell(ref reader, name, grade, "");
        }
    }

    // Rows of columns, or the keys of several choices.
    private void Rows(ref Utf8JsonReader reader, byte[] name, Field? field)
    {
        var chosen = new List<string>();
        for (var row = 1; reader.Read() && reader.TokenType != JsonTokenType.EndArray; row++)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                chosen.Add(reader.GetString()!);
            }
            else if (reader.TokenType == JsonTokenType.StartObject)
            {
                Columns(ref reader, name, field, row);
            }
            else
            {
                reader.Skip();
            }
        }

        if (chosen.Count > 0)
        {
            Line(name, "", "");
            CsvText.Append(Written, string.Join('|', chosen));
            End();
        }
    }

    private void Columns(ref Utf8JsonReader reader, byte[] name, Field? field, int row)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            var column = field?.Columns?.FirstOrDefault(c => c.Key == key);
            if (column is { IsPersonal: true } || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.Null)
            {
                reader.Skip();
                continue;
            }

            Cell(ref reader, name, row.ToString(System.Globalization.CultureInfo.InvariantCulture), column is null ? key : words.Of(column.Name));
        }
    }

    private void Cell(ref Utf8JsonReader reader, byte[] name, string place, string column)
    {
        Line(name, place, column);
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                Written.Write(reader.ValueSpan);
                break;
            case JsonTokenType.True:
                Written.Write(words.IsChinese ? "是"u8 : "yes"u8);
                break;
            case JsonTokenType.False:
                Written.Write(words.IsChinese ? "否"u8 : "no"u8);
                break;
            default:
                CsvText.Append(Written, reader.GetString()!);
                break;
        }

        End();
    }

    private void Line(byte[] name, string place, string column)
    {
        Written.Write(_start);
        Written.Write(name);
        CsvText.Append(Written, place);
        Written.Write(","u8);
        CsvText.Append(Written, column);
        Written.Write(","u8);
    }

    private void End()
    {
        Written.Write("\r\n"u8);
        Count++;
    }

    private byte[] NameOf(string key, Field? field)
    {
        if (!_names.TryGetValue(key, out var name))
        {
            _names[key] = name = Encoding.UTF8.GetBytes($"{CsvText.Of(field?.Number ?? key)},{CsvText.Of(field is null ? key : words.Of(field.Name))},{CsvText.Of(words.Of(field?.Unit))},");
        }

        return name;
    }
}
