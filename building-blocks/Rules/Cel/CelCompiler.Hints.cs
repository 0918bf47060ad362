namespace Gengdu.Rules.Cel;

internal sealed partial class CelCompiler
{
    private CelHint? HintOf(CelNode node) => node switch
    {
        IdentifierNode identifier => Local(identifier.Name) is >= 0 and var local ? _locals[local].Hint : names[identifier.Name]?.Hint,
        SelectNode select => HintOf(select.Target) is { } hint ? hint.MemberHints?.GetValueOrDefault(select.Member) ?? (hint.Key is null ? null : hint.Entry) : null,
        IndexNode index => HintOf(index.Target)?.Entry,
        CallNode { Name: "at", Arguments: [var map, _] } => HintOf(map)?.Entry,
        MethodNode { Name: "filter" } filter => HintOf(filter.Target),
        _ => null,
    };

    private void CheckMember(CelNode target, string member, int position)
    {
        if (HintOf(target) is not { } hint) return;
        if (hint.Members is { } members && members.IndexOf(member) < 0)
            throw Error(target is IdentifierNode { Name: var name } ? $"'{name}' has no member '{member}'" : $"there is no member '{member}'", position);
        if (hint.Key?.Texts is { } keys && !keys.Contains(member)) throw Error($"there is no entry '{member}'", position);
    }

    /// <summary>A text compared with a choice must be one of its options, a key must be one of the map's.</summary>
    private void CheckTexts(CelTokenKind sign, CelNode left, CelNode right)
    {
        if (sign is CelTokenKind.Equal or CelTokenKind.NotEqual)
        {
            CheckText(left, HintOf(right));
            CheckText(right, HintOf(left));
        }
        else if (sign == CelTokenKind.In)
        {
            CheckText(left, HintOf(right) is { } container ? container.Key ?? container.Entry : null);
            foreach (var element in (right as ListNode)?.Elements ?? []) CheckText(element, HintOf(left));
        }
    }

    private void CheckText(CelNode node, CelHint? hint)
    {
        if (node is LiteralNode { Value: { Kind: CelKind.String } text } && hint?.Texts is { } texts && !texts.Contains(text.String))
            throw Error($"'{text.String}' is none of {string.Join(", ", texts)}", node.Position);
    }
}
