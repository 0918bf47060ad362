namespace Gengdu.Rules;

/// <summary>What is different between two versions of a programme, in the order of the newer one, what is gone last.</summary>
/// <param name="Modules">Only those with a difference.</param>
public sealed record ProgrammeDifferences(IReadOnlyList<ModuleDifference> Modules)
{
    /// <summary>Compares two versions of one programme.</summary>
    public static ProgrammeDifferences Between(Programme from, Programme to) => new(
        [.. to.Modules.Select(module => ModuleDifference.Between(from.Module(module.Key), module)!).Where(difference => difference.IsAny),
            .. from.Modules.Where(module => to.Module(module.Key) is null).Select(module => ModuleDifference.Between(module, null))]);

    /// <summary>The differences of one module; null when it is the same in both.</summary>
    public ModuleDifference? Of(string moduleKey) => Modules.FirstOrDefault(module => module.Key == moduleKey);
}

/// <summary>What is different in one module.</summary>
/// <param name="Key">The module.</param>
/// <param name="Name">Its name, in the newer version where it has one.</param>
/// <param name="Kind">"added", "removed" or "changed".</param>
/// <param name="LevelsChanged">Whether other levels fill it in.</param>
/// <param name="Fields">Fields and columns.</param>
/// <param name="Rules">Rules.</param>
public sealed record ModuleDifference(
    string Key, Text Name, string Kind, bool LevelsChanged, IReadOnlyList<FieldDifference> Fields, IReadOnlyList<RuleDifference> Rules)
{
    /// <summary>Compares one module; at most one of the two is absent.</summary>
    public static ModuleDifference Between(Module? from, Module? to)
    {
        var named = to ?? from ?? throw new ArgumentNullException(nameof(to));
        return new(named.Key, named.Name, KindOf(from, to), from is not null && to is not null && !from.Levels.SequenceEqual(to.Levels),
            [.. FieldDifference.Between(from?.Fields ?? [], to?.Fields ?? [], above: null)], [.. RuleDifference.Between(from?.Rules ?? [], to?.Rules ?? [])]);
    }

    /// <summary>Whether anything is different; another order or other headings are not.</summary>
    public bool IsAny => Kind != "changed" || LevelsChanged || Fields.Count > 0 || Rules.Count > 0;

    internal static string KindOf(object? from, object? to) => from is null ? "added" : to is null ? "removed" : "changed";
}

/// <summary>What is different in one rule.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Severity">In the newer version where it has one.</param>
/// <param name="Kind">"added", "removed" or "changed".</param>
/// <param name="Message">What it says, placeholders and all.</param>
/// <param name="SaysOtherwise">Whether it may judge the same values otherwise than before; a better wording does not.</param>
public sealed record RuleDifference(string Id, string Severity, string Kind, Text Message, bool SaysOtherwise)
{
    internal static IEnumerable<RuleDifference> Between(IReadOnlyList<Rule> from, IReadOnlyList<Rule> to)
    {
        foreach (var rule in to)
        {
            var old = from.FirstOrDefault(other => other.Id == rule.Id);
            var otherwise = old is null || (old.Severity, old.Expr, old.When, old.Each, old.Missing) != (rule.Severity, rule.Expr, rule.When, rule.Each, rule.Missing)
                || !old.At.SequenceEqual(rule.At);
            if (otherwise || old!.Message != rule.Message)
            {
                yield return new(rule.Id, rule.Severity, ModuleDifference.KindOf(old, rule), rule.Message, otherwise);
            }
        }

        foreach (var rule in from.Where(rule => to.All(other => other.Id != rule.Id)))
        {
            yield return new(rule.Id, rule.Severity, "removed", rule.Message, SaysOtherwise: true);
        }
    }
}
