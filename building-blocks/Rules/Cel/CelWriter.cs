using System.Globalization;

namespace Gengdu.Rules.Cel;

/// <summary>Writes a part of an expression as text again; what it writes parses to the same tree.</summary>
internal static class CelWriter
{
    private const int Tightest = 8;

    public static string Write(CelNode node) => Write(node, 0);

    private static string Write(CelNode node, int minimum)
    {
        var (text, binding) = node switch
        {
            LiteralNode literal => (Literal(literal.Value), literal.Value is { Kind: CelKind.Double, Number: < 0 } ? 7 : Tightest),
            IdentifierNode identifier => (identifier.Name, Tightest),
            SelectNode select => ($"{Write(select.Target, Tightest)}.{select.Member}", Tightest),
            IndexNode index => ($"{Write(index.Target, Tightest)}[{Write(index.Key)}]", Tightest),
            CallNode call => ($"{call.Name}({List(call.Arguments)})", Tightest),
            MethodNode method => ($"{Write(method.Target, Tightest)}.{method.Name}({List(method.Arguments)})", Tightest),
            UnaryNode unary => (Sign(unary.Operator) + Write(unary.Operand, 7), 7),
            BinaryNode binary => Binary(binary),
            ConditionalNode c => ($"{Write(c.Condition, 1)} ? {Write(c.Then)} : {Write(c.Else)}", 0),
            ListNode list => ($"[{List(list.Elements)}]", Tightest),
            MapNode map => ($"{{{string.Join(", ", map.Entries.Select(entry => $"{Write(entry.Key)}: {Write(entry.Value)}"))}}}", Tightest),
            _ => throw new NotSupportedException(node.GetType().Name),
        };
        return binding < minimum ? $"({text})" : text;
    }

    private static (string Text, int Binding) Binary(BinaryNode node)
    {
        var binding = CelParser.Precedence(node.Operator);
        return ($"{Write(node.Left, binding)} {Sign(node.Operator)} {Write(node.Right, binding + 1)}", binding);
    }

    private static string List(IEnumerable<CelNode> nodes) => string.Join(", ", nodes.Select(node => Write(node)));

    private static string Literal(CelValue value) => value.Kind switch
    {
        CelKind.Double => Number(value.Number),
        CelKind.String => $"\"{value.String.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"",
        CelKind.Bool => value.IsTrue ? "true" : "false",
        _ => "null",
    };

    private static string Number(double value)
    {
        var text = value.ToString("0.###############", CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }

    private static string Sign(CelTokenKind kind) => kind switch
    {
        CelTokenKind.Or => "||",
        CelTokenKind.And => "&&",
        CelTokenKind.Equal => "==",
        CelTokenKind.NotEqual => "!=",
        CelTokenKind.Less => "<",
        CelTokenKind.LessOrEqual => "<=",
        CelTokenKind.Greater => ">",
        CelTokenKind.GreaterOrEqual => ">=",
        CelTokenKind.In => "in",
        CelTokenKind.Plus => "+",
        CelTokenKind.Minus => "-",
        CelTokenKind.Star => "*",
        CelTokenKind.Slash => "/",
        CelTokenKind.Percent => "%",
        CelTokenKind.Not => "!",
        _ => throw new NotSupportedException(kind.ToString()),
    };
}
