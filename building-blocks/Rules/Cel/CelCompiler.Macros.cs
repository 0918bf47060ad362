namespace Gengdu.Rules.Cel;

internal sealed partial class CelCompiler
{
    public static bool IsMacro(MethodNode node) => (node.Name, node.Arguments.Count) is
        ("all", 2) or ("exists", 2) or ("exists_one", 2) or ("filter", 2) or ("map", 2) or ("map", 3);

    private (CelType Type, CelEvaluator Run) Macro(MethodNode node)
    {
        if (node.Arguments[0] is not IdentifierNode variable) throw Error($"{node.Name}() needs the name of a variable first", node.Arguments[0].Position);
        if (_locals.Count == CelFrame.MaxLocals) throw Error($"more than {CelFrame.MaxLocals} macros inside each other", node.Position);
        var (rangeType, range) = Compile(node.Target);
        var elementType = rangeType.Kind switch
        {
            CelTypeKind.Dynamic => CelType.Dynamic,
            CelTypeKind.List => rangeType.Element!,
            CelTypeKind.Map => CelType.String,
            _ => throw Error($"{node.Name}() needs a list or a map, not a {rangeType}", node.Position),
        };
        var local = _locals.Count;
        var hint = HintOf(node.Target);
        _locals.Add((variable.Name, elementType, hint?.Key ?? hint?.Entry));
        var (bodyType, body) = Compile(node.Arguments[^1]);
        var predicate = node.Arguments.Count == 3 ? Predicate(node.Arguments[1]) : body;
        if (node.Name != "map") CheckBool(bodyType, node.Arguments[1]);
        _locals.RemoveAt(local);
        return node.Name switch
        {
            "all" => (CelType.Bool, Over(range, (frame, items) => CelMacros.Quantify(frame, items, local, body, decisive: false))),
            "exists" => (CelType.Bool, Over(range, (frame, items) => CelMacros.Quantify(frame, items, local, body, decisive: true))),
            "exists_one" => (CelType.Bool, Over(range, (frame, items) => CelMacros.ExistsOne(frame, items, local, body))),
            "filter" => (CelType.ListOf(elementType), Over(range, (frame, items) => CelMacros.Collect(frame, items, local, body, null))),
            _ => (CelType.ListOf(bodyType), Over(range, (frame, items) =>
                CelMacros.Collect(frame, items, local, node.Arguments.Count == 3 ? predicate : null, body))),
        };
    }

    private CelEvaluator Predicate(CelNode node)
    {
        var (type, run) = Compile(node);
        CheckBool(type, node);
        return run;
    }

    private void CheckBool(CelType type, CelNode node)
    {
        if (!type.MayBe(CelTypeKind.Bool)) throw Error($"a {type} where true or false is needed", node.Position);
    }

    private static CelEvaluator Over(CelEvaluator range, Func<CelFrame, CelValue[], CelValue> run) => frame =>
    {
        var value = range(frame);
        return value.Kind switch
        {
            CelKind.List => run(frame, value.List),
            CelKind.Map => run(frame, CelMacros.Keys(value.Map)),
            _ => CelOperators.Refuse(value, "a list or a map is needed"),
        };
    };
}
