using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Organisations;

/// <summary>
/// Changes of several organisations at once. First everything that could forbid it, then the change: a refused one leaves
/// no trace. What stands below a moved or merged organisation goes with it, closed ones too: their path decides who sees them.
/// </summary>
internal static class Restructuring
{
    /// <param name="below">Everything under the moved one, parents before children.</param>
    public static Problem? Move(Organisation moved, Organisation parent, IReadOnlyList<Organisation> below, TreeChange change)
    {
        var refused = moved.ParentId is null ? TreeProblems.RootStays
            : !parent.IsOpen ? TreeProblems.UnknownTarget
            : parent.Path.StartsWith(moved.Path, StringComparison.Ordinal) ? TreeProblems.BelowItself
            : parent.Id == moved.ParentId ? TreeProblems.NothingChanges
            : !OrganisationFacts.FitsBelow(moved.LevelRoles, parent.LevelRoles) ? TreeProblems.WrongLevel
            : moved.Refuse(change) ?? TooLate(below, change);
        if (refused is not null)
        {
            return refused;
        }

        moved.Follow(parent, change);
        FollowDown(moved, below, change);
        return null;
    }

    /// <param name="below">Everything under the absorbed ones, parents before children; it comes under the survivor.</param>
    public static Problem? Merge(Organisation survivor, IReadOnlyList<Organisation> absorbed, IReadOnlyList<Organisation> below, string? keepCode, TreeChange change)
    {
        var all = absorbed.Append(survivor).ToList();
        var code = keepCode ?? survivor.Code;
        var refused = absorbed.Count == 0 || all.DistinctBy(o => o.Id).Count() != all.Count || absorbed.Any(o => !IsLike(o, survivor)) ? TreeProblems.NotAlike
            : all.Any(o => o.ParentId is null) ? TreeProblems.RootStays
            : all.All(o => o.Code != code) ? TreeProblems.CodeOfNone
            : survivor.Refuse(change) ?? absorbed.Select(o => RefuseToClose(o, change)).FirstOrDefault(problem => problem is not null) ?? TooLate(below, change);
        if (refused is not null)
        {
            return refused;
        }

        foreach (var closing in absorbed)
        {
            closing.Close(change, survivor.Id);
        }

        survivor.GoOn(code, change);
        foreach (var child in below.Where(o => absorbed.Any(a => a.Id == o.ParentId)).ToList())
        {
            child.Follow(survivor, change);
            FollowDown(child, below, change);
        }

        return null;
    }

    /// <summary>New schools beside the one they come from, which goes on or ends.</summary>
    public static Problem? Split(Organisation original, Organisation parent, IReadOnlyList<OrganisationFacts> parts, Queue<long> numbers, bool closeOriginal, TreeChange change, out IReadOnlyList<Organisation> created)
    {
        created = [];
        var refused = !original.IsSchool ? TreeProblems.SchoolsOnly
            : parts.Any(part => !OrganisationFacts.FitsBelow(part.LevelRoles, parent.LevelRoles)) ? TreeProblems.WrongLevel
            : closeOriginal ? RefuseToClose(original, change) : original.Refuse(change);
        if (refused is not null)
        {
            return refused;
        }

        created = [.. parts.Select(part => Organisation.Create(part, parent, numbers.Dequeue(), change, original.Id))];
        if (closeOriginal)
        {
            original.Close(change);
        }
        else
        {
            original.GoOn(original.Code, change);
        }

        return null;
    }

    /// <param name="openChildren">How many open organisations stand directly below it.</param>
    public static Problem? Close(Organisation closing, int openChildren, TreeChange change)
    {
        var refused = closing.ParentId is null ? TreeProblems.RootStays : openChildren > 0 ? TreeProblems.NotEmpty : RefuseToClose(closing, change);
        if (refused is null)
        {
            closing.Close(change);
        }

        return refused;
    }

    public static void FollowDown(Organisation moved, IReadOnlyList<Organisation> below, TreeChange change)
    {
        var children = below.ToLookup(o => o.ParentId);
        Down(moved);

        void Down(Organisation parent)
        {
            foreach (var child in children[parent.Id].Where(child => child.ParentId == parent.Id && child.Follow(parent, change)))
            {
                Down(child);
            }
        }
    }

    private static Problem? RefuseToClose(Organisation closing, TreeChange change) =>
        closing.Refuse(change) ?? (change.EffectiveOn <= closing.ValidFrom ? TreeProblems.ClosedBeforeItBegan : null);

    private static Problem? TooLate(IReadOnlyList<Organisation> below, TreeChange change) =>
        below.MaxBy(o => o.ChangedOn) is { } latest && latest.ChangedOn > change.EffectiveOn ? TreeProblems.BeforeTheLastChange(latest.Code, latest.ChangedOn) : null;

    private static bool IsLike(Organisation one, Organisation other) => one.IsSchool == other.IsSchool && one.LevelRoles.ToHashSet().SetEquals(other.LevelRoles);
}
