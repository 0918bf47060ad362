using System.Text.Json;
using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.Maps;

/// <summary>
/// Reads a GeoJSON file token by token as it arrives: of a file of 16 MB only the points are held, of what else it carries nothing.
/// It says what is wrong with the form; whether the places are the right ones says <see cref="MapCheck"/>.
/// </summary>
internal sealed class GeoJson
{
    /// <summary>A province drawn to the metre has a third of it.</summary>
    private const int MostPoints = 500_000;

    private const int MostFaults = 1_000;

    private enum Part { Root, Features, Feature, Properties, Geometry, Coordinates, Crs, Other }

    private readonly Stack<Part> _open = new();
    private readonly Stack<int> _arrays = new();
    private List<double> _numbers = [];
    private string _name = "", _type = "";
    private string? _code, _geometry;
    private bool _broken;
    private int _top;
    private List<Position> _ring = [];
    private List<List<Position>> _rings = [];
    private List<List<List<Position>>> _polygons = [];

    public List<(int Feature, Outline Outline)> Outlines { get; } = [];

    public List<FieldError> Faults { get; } = [];

    public int Features { get; private set; }

    public int Points { get; private set; }

    /// <summary>As a file of before 2016 may say it.</summary>
    public string? Crs { get; private set; }

    public bool TooDetailed => Points > MostPoints;

    public bool IsCollection => _type == "FeatureCollection";

    public string Type => _type;

    /// <summary>One piece of the file; what could not be read yet stays for the next.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        while (!TooDetailed && reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName: _name = reader.GetString() ?? ""; break;
                case JsonTokenType.StartObject: Open(ObjectHere()); break;
                case JsonTokenType.StartArray: Open(ArrayHere()); break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray: Close(); break;
                case JsonTokenType.Number: Number(ref reader); break;
                case JsonTokenType.String: Word(reader.GetString() ?? ""); break;
                default: _broken |= Here == Part.Coordinates; break;
            }
        }
    }

    private Part? Here => _open.TryPeek(out var part) ? part : null;

    private Part ObjectHere() => (Here, _name) switch
    {
        (null, _) => Part.Root,
        (Part.Features, _) => Part.Feature,
        (Part.Feature, "properties") => Part.Properties,
        (Part.Feature, "geometry") => Part.Geometry,
        (Part.Root, "crs") or (Part.Crs, "properties") => Part.Crs,
        (Part.Coordinates, _) => Broken(Part.Other),
        _ => Part.Other,
    };

    private Part ArrayHere() => (Here, _name) switch
    {
        (Part.Root, "features") => Part.Features,
        (Part.Geometry, "coordinates") or (Part.Coordinates, _) => Part.Coordinates,
        _ => Part.Other,
    };

    private Part Broken(Part part)
    {
        _broken = true;
        return part;
    }

    private void Open(Part part)
    {
        _open.Push(part);
        if (part == Part.Feature)
        {
            (_code, _geometry, _broken, _top) = (null, null, false, 0);
            (_ring, _rings, _polygons) = ([], [], []);
        }
        else if (part == Part.Coordinates)
        {
            _broken |= _numbers.Count > 0;
            _arrays.Push(0);
            _numbers = [];
        }
    }

    private void Close()
    {
        var part = _open.Pop();
        if (part == Part.Feature)
        {
            EndFeature();
        }
        else if (part == Part.Coordinates)
        {
            EndArray();
        }
    }

    /// <summary>An array of numbers is a point (1), one of points a ring (2), of rings a polygon (3), of polygons many (4): whatever the type says, which may come after it.</summary>
    private void EndArray()
    {
        var level = _arrays.Pop();
        if (_numbers.Count > 0)
        {
            _broken |= level != 0 || _numbers.Count < 2;
            level = 1;
            Points++;
            _ring.Add(_numbers.Count < 2 ? default : new(_numbers[0], _numbers[1]));
            _numbers = [];
        }
        else if (level == 2)
        {
            _rings.Add(_ring);
            _ring = [];
        }
        else if (level == 3)
        {
            _polygons.Add(_rings);
            _rings = [];
        }

        _broken |= level == 0;
        if (_arrays.TryPop(out var above))
        {
            _broken |= above != 0 && above != level + 1;
            _arrays.Push(level + 1);
        }
        else
        {
            _top = level;
        }
    }

    private void Number(ref Utf8JsonReader reader)
    {
        if (Here == Part.Coordinates)
        {
            _broken |= !reader.TryGetDouble(out var value) || !double.IsFinite(value);
            _numbers.Add(value);
        }
        else if (IsCode && reader.TryGetInt64(out var code))
        {
            Code(code.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private void Word(string text)
    {
        if ((Here, _name) is (Part.Root, "type"))
        {
            _type = text;
        }
        else if ((Here, _name) is (Part.Geometry, "type"))
        {
            _geometry = text;
        }
        else if ((Here, _name) is (Part.Crs, "name"))
        {
            Crs = text;
        }
        else if (IsCode)
        {
            Code(text);
        }

        _broken |= Here == Part.Coordinates;
    }

    private bool IsCode => Here == Part.Properties ? _name is "adcode" or "code" or "gb" or "ADCODE" or "CODE" or "GB" : Here == Part.Feature && _name == "id";

    /// <summary>A national code has the country's 156 before the six digits.</summary>
    private void Code(string text)
    {
        var code = text.Length == 9 && text.StartsWith("156", StringComparison.Ordinal) ? text[3..] : text;
        if (code.Length == 6 && code.All(char.IsAsciiDigit))
        {
            _code = Here == Part.Properties ? code : _code ?? code;
        }
    }

    private void EndFeature()
    {
        Features++;
        var fault = _code is null ? MapFaults.NoCode(Features)
            : _geometry is not ("Polygon" or "MultiPolygon") ? MapFaults.Geometry(_code, _geometry ?? "null")
            : _broken || _top != (_geometry == "Polygon" ? 3 : 4) ? MapFaults.Coordinates(_code)
            : null;
        if (fault is null)
        {
            Outlines.Add((Features, new(_code!, _polygons)));
        }
        else if (Faults.Count < MostFaults)
        {
            Faults.Add(fault);
        }
    }
}
