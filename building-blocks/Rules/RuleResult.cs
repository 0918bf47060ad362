namespace Gengdu.Rules;

/// <summary>
/// Something to correct or explain. <see cref="Rule"/> is the rule's id or "field:" and the check's name;
/// <see cref="Severity"/> is error, warning, info, or broken when the expression itself failed (a bug in the pack).
/// </summary>
public sealed record RuleResult(string Rule, string Severity, IReadOnlyList<string> At, Text Message);
