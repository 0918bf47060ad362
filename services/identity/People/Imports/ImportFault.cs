using Gengdu.Identity.Assignments;
using Gengdu.Identity.Organisations;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Sheets;

namespace Gengdu.Identity.People.Imports;

/// <param name="Column">displayName, userName, role, organisationCode or validTo.</param>
/// <param name="Code">What kind of fault.</param>
/// <param name="Messages">What is wrong and what to do.</param>
internal sealed record ImportFault(string Column, string Code, Text Messages)
{
    /// <summary>What a row says by itself, and whether the caller may give it; the roles it means.</summary>
    public static IReadOnlyList<string> OfLine(PeopleFile.Line line, Organisation? place, Caller caller, DateOnly today, List<ImportFault> faults)
    {
        faults.AddRange(line.Formulas.Select(column => new ImportFault(column, "formula", ImportProblems.Formula)));
        if (line.Name.Length is 0 or > 64)
        {
            faults.Add(new(PeopleColumns.Name, "length", PersonProblems.DisplayNameLength));
        }
        else if (line.Name.Any(c => char.IsControl(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format))
        {
            faults.Add(new(PeopleColumns.Name, "character", ImportProblems.ControlCharacter));
        }

        if (line.UserName.Length > 0 && !PeopleBatch.IsUserName(line.UserName))
        {
            faults.Add(new(PeopleColumns.UserName, "pattern", PersonProblems.UserNameShape));
        }

        if (line.ValidTo.Length > 0 && !(SheetText.Day(line.ValidTo) >= today))
        {
            faults.Add(new(PeopleColumns.ValidTo, "date", ImportProblems.BadDate));
        }

        if (place is null)
        {
            faults.Add(new(PeopleColumns.Code, "unknown", PersonProblems.UnknownPlace));
        }

        if (PeopleColumns.RolesOf(line.Role) is not { } roles)
        {
            faults.Add(new(PeopleColumns.Role, "option", ImportProblems.UnknownRole));
            return [];
        }

        if (place is not null && roles.Any(role => !AssignmentRules.Fits(role, place.LevelRoles)))
        {
            faults.Add(new(PeopleColumns.Role, "misfit", PersonProblems.RoleMisfit));
        }
        else if (place is not null && roles.Any(role => !GrantRules.MayGive(caller, place.Path, role)))
        {
            faults.Add(new(PeopleColumns.Role, "not-grantable", PersonProblems.NotYoursToGive));
        }
        else if (roles.Any(role => roles.Any(other => !GrantRules.GoTogether(role, other))))
        {
            faults.Add(new(PeopleColumns.Role, "separation", PersonProblems.NotTogether));
        }

        return roles;
    }
}
