using System.Globalization;
using System.Text.RegularExpressions;
using Gengdu.Identity.Assignments;
using Gengdu.Identity.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.People;

/// <summary>The batch checked row by row, with the places its roles are for.</summary>
internal sealed partial class PeopleBatch
{
    public List<FieldError> Errors { get; } = [];

    public List<IReadOnlyList<(string Role, Organisation Place)>> Places { get; } = [];

    public static async Task<PeopleBatch> ReadAsync(
        IReadOnlyList<NewPerson> rows, Caller caller, IdentityDbContext db, ILookupNormalizer names, CancellationToken cancellationToken)
    {
        var codes = rows.SelectMany(row => row.Assignments).Select(a => a.OrganisationCode).Distinct().ToArray();
        var places = await db.Organisations.AsNoTracking().Where(o => o.ValidTo == null && codes.Contains(o.Code)).ToDictionaryAsync(o => o.Code, cancellationToken);
        var wanted = rows.Select(row => names.NormalizeName(row.UserName)).ToArray();
        var taken = (await db.People.Where(p => wanted.Contains(p.NormalizedUserName)).Select(p => p.NormalizedUserName).ToListAsync(cancellationToken)).ToHashSet();
        var batch = new PeopleBatch();
        for (var i = 0; i < rows.Count; i++)
        {
            batch.CheckAccount(i, rows[i], free: taken.Add(wanted[i]));
            batch.Places.Add(batch.CheckAssignments(i, rows[i], places, caller));
        }

        return batch;
    }

    private void CheckAccount(int index, NewPerson row, bool free)
    {
        if (!UserName().IsMatch(row.UserName))
        {
            Add(index, "userName", "pattern", PersonProblems.UserNameShape);
        }

        if (!free)
        {
            Add(index, "userName", "duplicate", PersonProblems.UserNameUsed);
        }

        if (row.DisplayName.Trim().Length is 0 or > 64)
        {
            Add(index, "displayName", "length", PersonProblems.DisplayNameLength);
        }

        // Without a password the person is invited.
        if (row.Password is not null && PasswordPolicy.Refuse(row.Password, row.UserName) is { } fault)
        {
            Add(index, "password", "password", fault);
        }
    }

    private List<(string Role, Organisation Place)> CheckAssignments(int index, NewPerson row, Dictionary<string, Organisation> places, Caller caller)
    {
        var good = new List<(string, Organisation)>();
        if (row.Assignments.Count == 0)
        {
            Add(index, "assignments", "required", PersonProblems.NoAssignment);
        }

        for (var i = 0; i < row.Assignments.Count; i++)
        {
            var (role, code) = row.Assignments[i];
            var at = string.Create(CultureInfo.InvariantCulture, $"assignments/{i}");
            if (places.GetValueOrDefault(code) is not { } place || !GrantRules.Administers(caller, place.Path))
            {
                Add(index, $"{at}/organisationCode", "unknown", PersonProblems.UnknownPlace);
            }
            else if (!AssignmentRules.Fits(role, place.LevelRoles))
            {
                Add(index, $"{at}/role", "option", PersonProblems.RoleMisfit);
            }
            else if (!GrantRules.MayGive(caller, place.Path, role))
            {
                Add(index, $"{at}/role", "not-grantable", PersonProblems.NotYoursToGive);
            }
            else if (good.Exists(other => !GrantRules.GoTogether(role, other.Item1)))
            {
                Add(index, $"{at}/role", "separation", PersonProblems.NotTogether);
            }
            else if (good.Contains((role, place)))
            {
                Add(index, at, "duplicate", PersonProblems.SameTwice);
            }
            else
            {
                good.Add((role, place));
            }
        }

        return good;
    }

    private void Add(int index, string member, string code, Text text) =>
        Errors.Add(new(string.Create(CultureInfo.InvariantCulture, $"people/{index}/{member}"), code, text));

    public static bool IsUserName(string text) => UserName().IsMatch(text);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._@-]{2,63}$")]
    private static partial Regex UserName();
}
