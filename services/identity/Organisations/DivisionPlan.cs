using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Organisations;

/// <summary>Checks the lines against each other and against the tree, and orders them so that parents come first.</summary>
internal static class DivisionPlan
{
    public static IReadOnlyList<DivisionFile.Line> For(IReadOnlyList<DivisionFile.Line> lines, IReadOnlyDictionary<string, Organisation> known, List<FieldError> errors)
    {
        var byCode = new Dictionary<string, DivisionFile.Line>();
        foreach (var line in lines)
        {
            if (!byCode.TryAdd(line.Facts.Code, line))
            {
                errors.Add(OrganisationProblems.Fault("code", "duplicate", OrganisationProblems.Duplicate, line.Number));
            }
        }

        var plan = new List<DivisionFile.Line>();
        var placed = new HashSet<DivisionFile.Line>();
        foreach (var line in byCode.Values)
        {
            Place(line, []);
        }

        return plan;

        void Place(DivisionFile.Line line, HashSet<DivisionFile.Line> below)
        {
            if (placed.Contains(line) || Fault(line, below) is { } fault && Refuse(line, fault))
            {
                return;
            }

            if (byCode.TryGetValue(line.ParentCode, out var parent))
            {
                below.Add(line);
                Place(parent, below);
            }

            placed.Add(line);
            plan.Add(line);
        }

        bool Refuse(DivisionFile.Line line, (string Code, Text Text) fault)
        {
            errors.Add(OrganisationProblems.Fault("parent_code", fault.Code, fault.Text, line.Number));
            return placed.Add(line);
        }

        (string Code, Text Text)? Fault(DivisionFile.Line line, HashSet<DivisionFile.Line> below)
        {
            var isRoot = known.TryGetValue(line.Facts.Code, out var present) && present.ParentId is null;
            if (line.ParentCode.Length == 0)
            {
                return isRoot ? null : ("unknown-parent", OrganisationProblems.UnknownParent);
            }

            IReadOnlyList<string>? levels = byCode.TryGetValue(line.ParentCode, out var parent) ? parent.Facts.LevelRoles
                : known.TryGetValue(line.ParentCode, out var above) ? above.LevelRoles : null;
            return levels is null || isRoot || below.Contains(line) ? ("unknown-parent", OrganisationProblems.UnknownParent)
                : line.Facts.FitsBelow(levels) ? null : ("level", OrganisationProblems.WrongLevel);
        }
    }
}
