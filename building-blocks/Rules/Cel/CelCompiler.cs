namespace Gengdu.Rules.Cel;

/// <summary>Turns the tree into closures and checks names and types on the way.</summary>
internal sealed partial class CelCompiler(string text, CelNames names)
{
    private readonly List<string> _namesUsed = [];
    private readonly List<(string Name, string Member)> _membersUsed = [];
    private readonly List<(string Name, CelType Type, CelHint? Hint)> _locals = [];

    public IReadOnlyList<string> NamesUsed => _namesUsed;

    public IReadOnlyList<(string Name, string Member)> MembersUsed => _membersUsed;

    public (CelType Type, CelEvaluator Run) Compile(CelNode node) => node switch
    {
        LiteralNode literal => (CelType.Of(literal.Value), Constant(literal.Value)),
        IdentifierNode identifier => Identifier(identifier),
        SelectNode select => Select(select),
        IndexNode index => Index(index),
        UnaryNode unary => Unary(unary),
        BinaryNode { Operator: CelTokenKind.And or CelTokenKind.Or } logical => Logical(logical),
        BinaryNode binary => Binary(binary),
        ConditionalNode conditional => Conditional(conditional),
        ListNode list => List(list),
        MapNode map => Map(map),
        CallNode call => Call(call),
        MethodNode method => Method(method),
        _ => throw Error("not supported", node.Position),
    };

    private static CelEvaluator Constant(CelValue value) => _ => value;

    private (CelType Type, CelEvaluator Run) Identifier(IdentifierNode node)
    {
        if (Local(node.Name) is >= 0 and var index) return (_locals[index].Type, frame => frame.Locals[index]);
        if (names[node.Name] is not { } name) throw Error($"unknown name '{node.Name}'", node.Position);
        if (!_namesUsed.Contains(node.Name)) _namesUsed.Add(node.Name);
        return (CelType.Dynamic, name.Load);
    }

    private int Local(string name) => _locals.FindLastIndex(local => local.Name == name);

    private (CelType Type, CelEvaluator Run) Select(SelectNode node)
    {
        var (type, target) = Compile(node.Target);
        var member = node.Member;
        if (type.Kind is not (CelTypeKind.Dynamic or CelTypeKind.Map)) throw Error($"a {type} has no member '{member}'", node.Position);
        CheckMember(node.Target, member, node.Position);
        NoteMember(node);
        return (type.Element ?? CelType.Dynamic, frame => CelOperators.Member(target(frame), member));
    }

    private void NoteMember(SelectNode node)
    {
        if (node.Target is IdentifierNode { Name: var name } && CelNames.Maps.Contains(name) && Local(name) < 0 && !_membersUsed.Contains((name, node.Member))) _membersUsed.Add((name, node.Member));
    }

    private (CelType Type, CelEvaluator Run) Index(IndexNode node)
    {
        var (type, target) = Compile(node.Target);
        var (keyType, key) = Compile(node.Key);
        if (type.Kind is not (CelTypeKind.Dynamic or CelTypeKind.Map or CelTypeKind.List)) throw Error($"a {type} has no elements", node.Position);
        if (type.Kind == CelTypeKind.List && !keyType.IsDynamic) throw Error($"a list can't be indexed by a {keyType}", node.Position);
        CheckText(node.Key, HintOf(node.Target)?.Key);
        return (type.Element ?? CelType.Dynamic, frame =>
        {
            var container = target(frame);
            return container.IsError ? container : CelOperators.Element(container, key(frame));
        });
    }

    private (CelType Type, CelEvaluator Run) List(ListNode node)
    {
        // The browser's library types an empty literal in ways of its own; present() and count() say the same more clearly.
        if (node.Elements.Count == 0) throw Error("an empty list is not supported: use present() or count()", node.Position);
        var elements = new CelEvaluator[node.Elements.Count];
        CelType? element = null;
        for (var i = 0; i < elements.Length; i++)
        {
            (var type, elements[i]) = Compile(node.Elements[i]);
            element = element is null ? type : element.Unify(type) ?? CelType.Dynamic;
        }
        return (CelType.ListOf(element!), frame =>
        {
            var values = new CelValue[elements.Length];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = elements[i](frame);
                if (values[i].IsError) return values[i];
            }
            return CelValue.Of(values);
        });
    }

    private (CelType Type, CelEvaluator Run) Map(MapNode node)
    {
        if (node.Entries.Count == 0) throw Error("an empty map is not supported: use present() or count()", node.Position);
        var keys = new List<string>();
        var entries = new CelEvaluator[node.Entries.Count];
        CelType? element = null;
        for (var i = 0; i < entries.Length; i++)
        {
            var (key, value) = node.Entries[i];
            if (key is not LiteralNode { Value.Kind: CelKind.String } literal) throw Error("a key of a map must be a string literal", key.Position);
            if (keys.Contains(literal.Value.String)) throw Error($"the key '{literal.Value.String}' appears twice", key.Position);
            keys.Add(literal.Value.String);
            (var type, entries[i]) = Compile(value);
            element = element is null ? type : element.Unify(type) ?? CelType.Dynamic;
        }
        var shape = new CelShape(keys);
        return (CelType.MapOf(element!), frame =>
        {
            var values = new CelValue[entries.Length];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = entries[i](frame);
                if (values[i].IsError) return values[i];
            }
            return CelValue.Of(new CelMap(shape, values));
        });
    }

    private CelCompileException Error(string reason, int position) => new(reason, text, position);
}
