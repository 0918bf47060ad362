using System.Security.Cryptography;
using System.Text.Json;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Masters;

/// <param name="Key">students, or students/g1.</param>
/// <param name="Old">What is loaded; null when nothing is.</param>
/// <param name="New">What the file says.</param>
internal sealed record MasterDifference(string Key, double? Old, double New);

/// <param name="Row">As the sheet numbers it; the heading is 1.</param>
/// <param name="Status">new, changed, unchanged, kept (what is loaded was read on a later day) or refused.</param>
internal sealed record MasterRow(int Row, string Code, string? NameZh, string? NameEn, string Status, IReadOnlyList<MasterDifference> Figures, IReadOnlyList<MasterFault> Faults);

/// <summary>What a file would do to the figures that are loaded, row by row. Decided before anything is touched.</summary>
internal sealed class MasterImport
{
    /// <summary>Who looks after register figures, each in the own subtree.</summary>
    public static readonly string[] Keepers = [Roles.ProvinceOwner, Roles.Administrator];

    private readonly List<(MasterRow Row, Organisation? School)> _rows = [];

    public IReadOnlyList<MasterRow> Rows => [.. _rows.Select(one => one.Row)];

    public int Count(string status) => _rows.Count(one => one.Row.Status == status);

    /// <summary>Of the register, the day and every difference: what was shown is what is applied, or nothing.</summary>
    public string Fingerprint(string source, DateOnly asOf) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { source, asOf, Rows = _rows.Select(one => new { one.Row.Row, one.Row.Code, one.Row.Status, one.Row.Figures }) })))[..32];

    /// <summary>Figures to store: of rows without faults, as far as nothing newer is there. What has not changed is of the new day now.</summary>
    public (string[] Codes, string[] Keys, double[] Values) ToStore()
    {
        var stored = _rows.Where(one => one.Row.Status is not ("refused" or "kept")).SelectMany(one => one.Row.Figures.Select(figure => (one.Row.Code, figure.Key, figure.New))).ToList();
        return ([.. stored.Select(one => one.Code)], [.. stored.Select(one => one.Key)], [.. stored.Select(one => one.New)]);
    }

    public static async Task<MasterImport> PlanAsync(IReadOnlyList<MasterFile.Line> lines, DateOnly asOf, Caller caller, ReportingDbContext db, CancellationToken cancellationToken)
    {
        var codes = lines.Select(line => line.Code).Distinct().ToArray();
        var schools = await db.Organisations.AsNoTracking().VisibleTo(caller, o => o.Path, Keepers).Where(o => o.ValidTo == null && codes.Contains(o.Code)).ToDictionaryAsync(o => o.Code, cancellationToken);
        var ids = schools.Values.Select(o => o.Id).ToArray();
        var loaded = (await db.MasterFigures.AsNoTracking().Where(f => ids.Contains(f.OrganisationId)).ToListAsync(cancellationToken)).ToLookup(f => f.OrganisationId);
        var (import, seen) = (new MasterImport(), new Dictionary<string, int>());
        foreach (var line in lines)
        {
            var school = schools.GetValueOrDefault(line.Code);
            import._rows.Add((RowOf(line, school, seen, school is null ? [] : loaded[school.Id].ToDictionary(f => f.Key), asOf), school));
        }

        return import;
    }

    private static MasterRow RowOf(MasterFile.Line line, Organisation? school, Dictionary<string, int> seen, Dictionary<string, MasterFigure> loaded, DateOnly asOf)
    {
        List<MasterFault> faults = [.. line.Faults];
        if (school is null)
        {
            faults.Add(new(MasterColumns.Code, "unknown", MasterProblems.UnknownSchool));
        }
        else if (!seen.TryAdd(line.Code, line.Row))
        {
            faults.Add(new(MasterColumns.Code, "duplicate", MasterProblems.Duplicate(seen[line.Code])));
        }
        else
        {
            faults.AddRange(line.Values.Where(value => value.Value > 0 && value.Key.Split('/') is [_, var grade] && !school.Grades.Contains(grade)).Select(value => new MasterFault(value.Key, "grade", MasterProblems.WrongGrade)));
        }

        // A zero for a grade the school does not teach is how registers write "none".
        var figures = line.Values.Where(value => value.Key.Split('/') is not [_, var grade] || school?.Grades.Contains(grade) == true).Where(value => !(loaded.GetValueOrDefault(value.Key)?.AsOf > asOf))
            .Select(value => new MasterDifference(value.Key, loaded.GetValueOrDefault(value.Key)?.Value, value.Value)).ToList();
        var status = faults.Count > 0 ? "refused" : figures.Count == 0 ? "kept" : figures.TrueForAll(f => f.Old is null) ? "new" : figures.Exists(f => f.Old != f.New) ? "changed" : "unchanged";
        return new(line.Row, line.Code, school?.NameZh, school?.NameEn, status, status == "refused" ? [] : figures, faults);
    }
}
