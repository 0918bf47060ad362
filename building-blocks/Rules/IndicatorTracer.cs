using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Rules.Cel;
using Gengdu.Rules.Packs;

namespace Gengdu.Rules;

/// <summary>
/// Computes an indicator again, part by part. For one school at a time and for reading: each part is compiled on its own, which
/// costs some thousand times what <see cref="IndicatorEvaluator"/> costs.
/// </summary>
public static class IndicatorTracer
{
    /// <summary>The steps to one school's part of an indicator. Never throws for what a school entered.</summary>
    public static IndicatorTrace Trace(Indicator indicator, ValueSet values, EvaluationContext context)
    {
        var outcome = IndicatorEvaluator.Evaluate(indicator, values, context);
        if (indicator.Compiled is not { } compiled) return new([], [], outcome);
        var tracer = new Tracer(PackNames.Of(values.Programme), values.FrameFor(context).View(indicator.Missing == "zero", compiled.Slots));
        var layout = values.Programme.Layout;
        var plain = values.Slots;
        (string Part, CelExpression? Expression)[] parts = [("applies", compiled.Applies), ("numerator", compiled.Numerator), ("denominator", compiled.Denominator)];
        return new(
            [.. parts.Where(part => part.Expression is not null).Select(part => new TracedExpression(part.Part, part.Expression!.Text, tracer.Steps(part.Expression.Text)))],
            [.. indicator.FieldsUsed.Where(field => MissingValues.Any(plain, layout, [layout.SlotOf(field)], -1))],
            outcome);
    }

    private static JsonElement Json(CelValue value) => JsonSerializer.SerializeToElement(Node(value));

    private static JsonNode? Node(CelValue value) => value.Kind switch
    {
        CelKind.Bool => JsonValue.Create(value.IsTrue),
        CelKind.Double when double.IsFinite(value.Number) => JsonValue.Create(value.Number),
        CelKind.String => JsonValue.Create(value.String),
        CelKind.List => new JsonArray([.. value.List.Select(Node)]),
        CelKind.Map => new JsonObject(Entries(value.Map)),
        _ => null,
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Entries(CelMap map)
    {
        for (var i = 0; i < map.Values.Length; i++)
            if (map.Values[i].Kind != CelKind.Absent) yield return new(map.Shape.Keys[i], Node(map.Values[i]));
    }

    private sealed class Tracer(CelNames names, CelFrame frame)
    {
        public List<TracedStep> Steps(string text)
        {
            var steps = new List<TracedStep>();
            Walk(CelParser.Parse(text), text, steps, whole: true);
            return steps;
        }

        private void Walk(CelNode node, string text, List<TracedStep> steps, bool whole)
        {
            // Literals say themselves, and fields stand with the cells.
            if (!whole && node is LiteralNode or IdentifierNode or ListNode or MapNode) return;
            foreach (var child in Children(node)) Walk(child, text, steps, whole: false);
            var written = CelWriter.Write(node);
            if (steps.Exists(step => step.Text == written) || Evaluate(node, text) is not { } value) return;
            steps.Add(new(written, Json(value), value.IsError ? (string)value.Reference! : null, Items(node, text)));
        }

        // The body of a macro has no value of its own: it is shown for each of the things it runs over.
        private static IEnumerable<CelNode> Children(CelNode node) => node switch
        {
            SelectNode select => [select.Target],
            IndexNode index => [index.Target, index.Key],
            CallNode call => call.Arguments,
            MethodNode method => CelCompiler.IsMacro(method) ? [method.Target] : [method.Target, .. method.Arguments],
            UnaryNode unary => [unary.Operand],
            BinaryNode binary => [binary.Left, binary.Right],
            ConditionalNode c => [c.Condition, c.Then, c.Else],
            _ => [],
        };

        private List<TracedItem>? Items(CelNode node, string text)
        {
            if (node is not MethodNode method || !CelCompiler.IsMacro(method)) return null;
            var range = method.Arguments.Count == 3 ? method with { Name = "filter", Arguments = [method.Arguments[0], method.Arguments[1]] } : method.Target;
            var results = new MethodNode(method.Position, range, "map", [method.Arguments[0], method.Arguments[^1]]);
            if (Evaluate(range, text) is not { } over || Evaluate(results, text) is not { Kind: CelKind.List } values) return null;
            var items = over.Kind == CelKind.Map ? CelMacros.Keys(over.Map) : over.List;
            return [.. items.Zip(values.List, (item, value) => new TracedItem(Json(item), Json(value)))];
        }

        private CelValue? Evaluate(CelNode node, string text)
        {
            try
            {
                return CelExpression.Compile(text, node, names).Evaluate(frame);
            }
            catch (CelCompileException)
            {
                // A part may be less than an expression, such as a word that only its surroundings give a meaning.
                return null;
            }
        }
    }
}

/// <summary>How an indicator came to one school's part of it, for people who want to see it done.</summary>
/// <param name="Expressions">Condition, numerator, denominator, in this order; empty when it is not computed from values.</param>
/// <param name="MissingFields">Fields it reads that nothing was given for.</param>
/// <param name="Outcome">What <see cref="IndicatorEvaluator"/> says: the steps explain it and never replace it.</param>
public sealed record IndicatorTrace(IReadOnlyList<TracedExpression> Expressions, IReadOnlyList<string> MissingFields, IndicatorOutcome Outcome);

/// <summary>One of the expressions of an indicator.</summary>
/// <param name="Part">applies, numerator or denominator.</param>
/// <param name="Text">As the programme has it.</param>
/// <param name="Steps">Innermost first; the last is the whole expression.</param>
public sealed record TracedExpression(string Part, string Text, IReadOnlyList<TracedStep> Steps);

/// <summary>A part of an expression and what it came to.</summary>
/// <param name="Text">The part.</param>
/// <param name="Value">Number, text, true, false, list or map; null for nothing.</param>
/// <param name="Failed">Why it has no value; null when it has one.</param>
/// <param name="Items">What it came to for each of the things it runs over, such as grades; null when it runs over nothing.</param>
public sealed record TracedStep(string Text, JsonElement Value, string? Failed, IReadOnlyList<TracedItem>? Items);

/// <summary>One turn of a part that runs over a list.</summary>
public sealed record TracedItem(JsonElement Item, JsonElement Value);
