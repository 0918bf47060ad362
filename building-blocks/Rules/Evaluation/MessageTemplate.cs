using System.Text;

namespace Gengdu.Rules;

/// <summary>A message with {placeholders}: names of the rule's values, {g} for the grade's name, {row} for the row's number.</summary>
internal sealed class MessageTemplate
{
    private const int GradeName = -1;
    private const int RowNumber = -2;
    private readonly List<(string Text, int? Value)> _parts = [];

    /// <exception cref="FormatException">A placeholder is not closed or not known.</exception>
    public MessageTemplate(string text, IReadOnlyList<string> names)
    {
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            if (open < 0)
            {
                _parts.Add((text[at..], null));
                return;
            }
            var close = text.IndexOf('}', open);
            if (close < 0) throw new FormatException("a '{' has no '}'");
            if (open > at) _parts.Add((text[at..open], null));
            _parts.Add(("", IndexOf(text[(open + 1)..close], names)));
            at = close + 1;
        }
    }

    public string Fill(Func<int, string> value, string gradeName, string rowNumber)
    {
        var result = new StringBuilder();
        foreach (var (text, index) in _parts)
        {
            result.Append(index switch { null => text, GradeName => gradeName, RowNumber => rowNumber, { } known => value(known) });
        }
        return result.ToString();
    }

    private static int IndexOf(string name, IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++) if (names[i] == name) return i;
        return name switch { "g" => GradeName, "row" => RowNumber, _ => throw new FormatException($"unknown placeholder '{{{name}}}'") };
    }
}
