namespace Gengdu.Rules.Cel;

internal sealed partial class CelCompiler
{
    private (CelType Type, CelEvaluator Run) Call(CallNode node)
    {
        if (node.Name == "has") return Has(node);
        if (node.Name == "size") throw Error("size() isn't allowed, it gives an integer: use count()", node.Position);
        if (!CelFunctions.ByName.TryGetValue(node.Name, out var overloads)) throw Error($"unknown function '{node.Name}'", node.Position);
        var function = Array.Find(overloads, candidate => candidate.Arity == node.Arguments.Count)
            ?? throw Error($"{node.Name}() takes {string.Join(" or ", overloads.Select(o => o.Arity))} arguments, not {node.Arguments.Count}", node.Position);
        var first = Compile(node.Arguments[0]).Run;
        if (function.One is { } one)
        {
            return (function.Type, frame =>
            {
                var value = first(frame);
                return value.IsError ? value : one(value);
            });
        }
        var second = Compile(node.Arguments[1]).Run;
        var two = function.Two!;
        if (node.Name == "at") CheckText(node.Arguments[1], HintOf(node.Arguments[0])?.Key);
        if (node is { Name: "sum" or "distinct", Arguments: [_, LiteralNode { Value: { Kind: CelKind.String } column }] })
            CheckColumn(node, column.String);
        return (function.Type, frame =>
        {
            var a = first(frame);
            if (a.IsError) return a;
            var b = second(frame);
            return b.IsError ? b : two(a, b);
        });
    }

    private void CheckColumn(CallNode node, string column)
    {
        if (HintOf(node.Arguments[0])?.Entry?.Members is { } members && members.IndexOf(column) < 0)
            throw Error($"there is no column '{column}'", node.Arguments[1].Position);
    }

    /// <summary>has(a.b.c): whether the last member is there; a missing one on the way is an error, as in the browser's library.</summary>
    private (CelType Type, CelEvaluator Run) Has(CallNode node)
    {
        var members = new List<string>();
        var target = node.Arguments.Count == 1 ? node.Arguments[0] : null;
        for (; target is SelectNode select; target = select.Target) members.Insert(0, select.Member);
        if (target is not IdentifierNode || members.Count == 0) throw Error("has() takes a member such as row.level", node.Position);
        if (node.Arguments[0] is SelectNode last) CheckMember(last.Target, last.Member, last.Position);
        var load = Compile(target).Run;
        return (CelType.Bool, frame =>
        {
            var value = load(frame);
            for (var i = 0; i < members.Count; i++)
            {
                if (value.IsError) return value;
                value = value.Kind == CelKind.Map ? value.Map[members[i]] : default;
                if (value.Kind == CelKind.Absent) return i == members.Count - 1 ? CelValue.False : CelValue.Fail($"no member '{members[i]}'");
            }
            return CelValue.True;
        });
    }

    private (CelType Type, CelEvaluator Run) Method(MethodNode node)
    {
        if (IsMacro(node)) return Macro(node);
        if (node.Name == "size") throw Error("size() isn't allowed, it gives an integer: use count()", node.Position);
        if (!CelFunctions.TextTests.TryGetValue(node.Name, out var test) && node.Name != "matches")
            throw Error($"unknown method '{node.Name}'", node.Position);
        if (node.Arguments.Count != 1) throw Error($"{node.Name}() takes 1 argument, not {node.Arguments.Count}", node.Position);
        var (targetType, target) = Compile(node.Target);
        var (argumentType, argument) = Compile(node.Arguments[0]);
        if (!targetType.MayBe(CelTypeKind.String)) throw Error($"a {targetType} has no method '{node.Name}'", node.Position);
        if (!argumentType.MayBe(CelTypeKind.String)) throw Error($"{node.Name}() needs a string", node.Arguments[0].Position);
        test ??= Matches(node.Arguments[0]);
        return (CelType.Bool, frame =>
        {
            var value = target(frame);
            if (value.Kind != CelKind.String) return CelOperators.Refuse(value, $"{node.Name}() needs a string");
            var other = argument(frame);
            return other.Kind == CelKind.String ? test(value.String, other.String) : CelOperators.Refuse(other, $"{node.Name}() needs a string");
        });
    }

    private Func<string, string, CelValue> Matches(CelNode argument)
    {
        if (argument is not LiteralNode literal) throw Error("the pattern of matches() must be a string literal", argument.Position);
        try
        {
            var pattern = CelPattern.Compile(literal.Value.String);
            return (value, _) => CelValue.Of(pattern.IsMatch(value));
        }
        catch (ArgumentException refused)
        {
            throw Error(refused.Message, argument.Position);
        }
    }
}
