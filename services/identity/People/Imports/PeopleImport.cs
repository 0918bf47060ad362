using Gengdu.Identity.Assignments;
using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Sheets;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.People.Imports;

/// <summary>The rows of a file against what there is: who is new, who is there already, who cannot be.</summary>
internal sealed class PeopleImport
{
    private readonly Dictionary<string, Organisation> _places = [];
    private readonly Dictionary<string, Known> _byUserName = [];
    private readonly Dictionary<string, int> _seen = [];
    private readonly HashSet<string> _takenNames = [];
    private ILookup<(Guid, string), Known> _byPlaceAndName = Array.Empty<Known>().ToLookup(_ => (Guid.Empty, ""));

    /// <summary>One row judged. New when there are no faults and nobody exists.</summary>
    public sealed record Row(PeopleFile.Line Line, string UserName, IReadOnlyList<string> Roles, Organisation? Place, DateOnly? ValidTo, Guid? ExistingId, IReadOnlyList<ImportFault> Faults)
    {
        public bool IsNew => ExistingId is null && Faults.Count == 0;
    }

    private sealed record Known(Guid Id, string UserName, string DisplayName, Guid PlaceId, string Role);

    public static async Task<IReadOnlyList<Row>> PlanAsync(
        IReadOnlyList<PeopleFile.Line> lines, Caller caller, IdentityDbContext db, ILookupNormalizer names, DateOnly today, CancellationToken cancellationToken)
    {
        var import = new PeopleImport();
        await import.LoadAsync(lines, caller, db, names, today, cancellationToken);
        return [.. lines.Select(line => import.Judge(line, caller, names, today))];
    }

    private async Task LoadAsync(
        IReadOnlyList<PeopleFile.Line> lines, Caller caller, IdentityDbContext db, ILookupNormalizer names, DateOnly today, CancellationToken cancellationToken)
    {
        var codes = lines.Select(line => line.Code).Distinct().ToArray();
        foreach (var place in await db.Organisations.AsNoTracking().Where(o => o.ValidTo == null && codes.Contains(o.Code)).ToListAsync(cancellationToken))
        {
            // A foreign place is as unknown as one that does not exist.
            if (GrantRules.Administers(caller, place.Path))
            {
                _places[place.Code] = place;
            }
        }

        var open = db.Assignments.AsNoTracking().Where(a => !a.Removed && (a.ValidTo == null || a.ValidTo >= today));
        var (placeIds, shown) = (_places.Values.Select(o => o.Id).ToArray(), lines.Select(line => line.Name).Distinct().ToArray());
        var there = await open.Where(a => placeIds.Contains(a.OrganisationId)).Join(db.People.Where(p => shown.Contains(p.DisplayName)), a => a.PersonId, p => p.Id,
            (a, p) => new Known(p.Id, p.NormalizedUserName!, p.DisplayName, a.OrganisationId, a.Role)).ToListAsync(cancellationToken);
        _byPlaceAndName = there.ToLookup(known => (known.PlaceId, known.DisplayName));

        var wanted = lines.Where(line => line.UserName.Length > 0).Select(line => names.NormalizeName(line.UserName)).Distinct().ToArray();
        foreach (var taken in await db.People.Where(p => wanted.Contains(p.NormalizedUserName)).Select(p => new { p.Id, p.NormalizedUserName, p.DisplayName }).ToListAsync(cancellationToken))
        {
            _byUserName[taken.NormalizedUserName!] = new(taken.Id, taken.NormalizedUserName!, taken.DisplayName, default, "");
        }

        _takenNames.UnionWith(await db.Database.SqlQuery<string>($"select normalized_user_name as \"Value\" from people where split_part(normalized_user_name, '-', 1) = any({codes})").ToListAsync(cancellationToken));
        _takenNames.UnionWith(wanted);
    }

    private Row Judge(PeopleFile.Line line, Caller caller, ILookupNormalizer names, DateOnly today)
    {
        var faults = new List<ImportFault>();
        var place = _places.GetValueOrDefault(line.Code);
        var roles = ImportFault.OfLine(line, place, caller, today, faults);
        var key = line.UserName.Length > 0 ? names.NormalizeName(line.UserName) : $"{line.Code} {line.Name}";
        if (!_seen.TryAdd(key, line.Row))
        {
            faults.Add(new(line.UserName.Length > 0 ? PeopleColumns.UserName : PeopleColumns.Name, "duplicate", ImportProblems.Twice(_seen[key])));
        }

        var existing = faults.Count == 0 ? Existing(line, place!, roles, names, faults) : null;
        var userName = line.UserName.Length > 0 || faults.Count > 0 || existing is not null ? line.UserName : Generate(line.Code);
        return new(line, existing?.UserName ?? userName, roles, place, SheetText.Day(line.ValidTo), existing?.Id, faults);
    }

    /// <summary>The same file again finds everybody it made: by user name, or by name and place.</summary>
    private Known? Existing(PeopleFile.Line line, Organisation place, IReadOnlyList<string> roles, ILookupNormalizer names, List<ImportFault> faults)
    {
        var there = _byPlaceAndName[(place.Id, line.Name)].GroupBy(known => known.Id).ToList();
        if (line.UserName.Length > 0)
        {
            if (_byUserName.GetValueOrDefault(names.NormalizeName(line.UserName)) is not { } taken)
            {
                return null;
            }

            var same = there.Find(one => one.Key == taken.Id && roles.All(role => one.Any(known => known.Role == role)));
            if (same is null)
            {
                faults.Add(new(PeopleColumns.UserName, "duplicate", PersonProblems.UserNameUsed));
            }

            return same?.First();
        }

        var found = there.Find(one => roles.All(role => one.Any(known => known.Role == role)));
        if (found is null && there.Count > 0)
        {
            faults.Add(new(PeopleColumns.Name, "same-name", ImportProblems.SameNameThere));
        }

        return found?.First();
    }

    private string Generate(string code)
    {
        for (var number = 1; ; number++)
        {
            var name = $"{code}-{number:00}";
            if (_takenNames.Add(name.ToUpperInvariant()))
            {
                return name;
            }
        }
    }
}
