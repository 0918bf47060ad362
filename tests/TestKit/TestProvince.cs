using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.TestKit;

/// <summary>
/// A small province with every shape there is: two cities with counties, Dingzhou as city and county in one node, schools
/// of several types. Written to the service's replica as the events of identity would.
/// </summary>
public sealed class TestProvince
{
    private static readonly DateOnly Start = new(2020, 9, 1);
    private readonly IServiceProvider _services;
    private readonly Type _context;
    private int _lastNumber;
    private int _lastSchool;

    internal TestProvince(IServiceProvider services, Type context)
    {
        (_services, _context) = (services, context);
        Root = Division(null, "130000", "河北省", "Hebei Province", "province");
        Shijiazhuang = Division(Root, "130100", "石家庄市", "Shijiazhuang City", "city");
        Baoding = Division(Root, "130600", "保定市", "Baoding City", "city");
        Dingzhou = Division(Root, "130682", "定州市", "Dingzhou City", "city", "county");
        Changan = Division(Shijiazhuang, "130102", "长安区", "Chang'an District", "county");
        Zhengding = Division(Shijiazhuang, "130123", "正定县", "Zhengding County", "county");
        Lianchi = Division(Baoding, "130606", "莲池区", "Lianchi District", "county");
        ChanganPrimary = School(Changan, "primary");
        ChanganNineYear = School(Changan, "nine-year");
        ZhengdingJunior = School(Zhengding, "junior");
        LianchiVocational = School(Lianchi, "vocational");
        DingzhouPrimary = School(Dingzhou, "primary");
    }

    /// <summary>Hebei itself.</summary>
    public Organisation Root { get; }

    public Organisation Shijiazhuang { get; }

    public Organisation Baoding { get; }

    /// <summary>City and county at once; its schools lie directly below it.</summary>
    public Organisation Dingzhou { get; }

    public Organisation Changan { get; }

    public Organisation Zhengding { get; }

    public Organisation Lianchi { get; }

    public Organisation ChanganPrimary { get; }

    public Organisation ChanganNineYear { get; }

    public Organisation ZhengdingJunior { get; }

    public Organisation LianchiVocational { get; }

    public Organisation DingzhouPrimary { get; }

    public IReadOnlyList<Organisation> All =>
        [Root, Shijiazhuang, Baoding, Dingzhou, Changan, Zhengding, Lianchi, ChanganPrimary, ChanganNineYear, ZhengdingJunior, LianchiVocational, DingzhouPrimary];

    /// <summary>A new person with one role at one place.</summary>
    public Task<Guid> PersonAsync(string role, Organisation organisation)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        return PersonAsync((role, organisation));
    }

    /// <summary>A new person with several roles, or none.</summary>
    public async Task<Guid> PersonAsync(params (string Role, Organisation At)[] roles)
    {
        ArgumentNullException.ThrowIfNull(roles);
        var person = NewId();
        await SaveAsync([.. roles.Select(role => new Assignment
        {
            Id = NewId(), PersonId = person, Role = role.Role, OrganisationId = role.At.Id, ValidFrom = Start, Removed = false, Version = 1,
        })]);
        return person;
    }

    /// <summary>A further school, for tests that must not meet another test's reports.</summary>
    public async Task<Organisation> SchoolAsync(Organisation county, string type = "primary", string[]? grades = null)
    {
        ArgumentNullException.ThrowIfNull(county);
        var school = School(county, type, grades);
        await SaveAsync(school);
        return school;
    }

    /// <summary>A further division, e.g. a zone with county level.</summary>
    public async Task<Organisation> DivisionAsync(Organisation parent, params string[] levels)
    {
        ArgumentNullException.ThrowIfNull(parent);
        var number = Interlocked.Increment(ref _lastSchool);
        var division = Division(parent, $"{parent.Code[..4]}{number + 70:00}", $"{parent.NameZh}第{number}功能区", $"{parent.NameEn} Zone {number}", levels);
        await SaveAsync(division);
        return division;
    }

    /// <summary>Takes all rights of a person away, as AssignmentChanged would.</summary>
    public async Task RemoveAsync(Guid personId)
    {
        await using var scope = _services.CreateAsyncScope();
        var db = (DbContext)scope.ServiceProvider.GetRequiredService(_context);
        await db.Set<Assignment>().Where(a => a.PersonId == personId).ExecuteUpdateAsync(a => a.SetProperty(x => x.Removed, true));
        _services.GetRequiredService<AccessCache>().Forget();
    }

    internal async Task CreateAsync(DbContext db)
    {
        db.AddRange(All);
        db.AddRange(All.Select(PlaceOf));
        await db.SaveChangesAsync();
    }

    private static OrganisationPlace PlaceOf(Organisation organisation) =>
        new() { OrganisationId = organisation.Id, Version = organisation.Version, Path = organisation.Path, ChangedAt = DateTimeOffset.MinValue };

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private static string[] GradesOf(string type) => type switch
    {
        "primary" => ["g1", "g2", "g3", "g4", "g5", "g6"],
        "teaching-point" => ["g1", "g2", "g3"],
        "junior" => ["g7", "g8", "g9"],
        "nine-year" => ["g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8", "g9"],
        "senior" => ["g10", "g11", "g12"],
        "complete-secondary" => ["g7", "g8", "g9", "g10", "g11", "g12"],
        "twelve-year" => ["g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8", "g9", "g10", "g11", "g12"],
        "vocational" => ["v1", "v2", "v3"],
        "special" => ["g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8", "g9"],
        _ => throw new ArgumentException($"{type} is no school type", nameof(type)),
    };

    /// <summary>A school's code begins with its class and the province: the forms check it.</summary>
    private static string CodeClassOf(string type) => type switch
    {
        "junior" or "nine-year" => "31",
        "senior" or "complete-secondary" or "twelve-year" => "34",
        "vocational" => "36",
        "special" => "51",
        _ => "21",
    };

    private Organisation Division(Organisation? parent, string code, string nameZh, string nameEn, params string[] levels) => new()
    {
        Id = NewId(),
        ParentId = parent?.Id,
        Path = NextPath(parent),
        Code = code,
        NameZh = nameZh,
        NameEn = nameEn,
        LevelRoles = levels,
        Kind = "division",
        Grades = [],
        ValidFrom = Start,
        Version = 1,
    };

    private Organisation School(Organisation county, string type, string[]? grades = null)
    {
        var number = Interlocked.Increment(ref _lastSchool);
        return new()
        {
            Id = NewId(),
            ParentId = county.Id,
            Path = NextPath(county),
            Code = $"{CodeClassOf(type)}13{number:000000}",
            NameZh = $"{county.NameZh}第{number}学校",
            NameEn = $"{county.NameEn} School {number}",
            LevelRoles = ["school"],
            Kind = "school",
            SchoolType = type,
            UrbanRural = "town",
            RunBy = "education-department",
            Grades = grades ?? GradesOf(type),
            ValidFrom = Start,
            Version = 1,
        };
    }

    private string NextPath(Organisation? parent) => $"{parent?.Path ?? "/"}{Interlocked.Increment(ref _lastNumber)}/";

    private async Task SaveAsync(params object[] rows)
    {
        await using var scope = _services.CreateAsyncScope();
        var db = (DbContext)scope.ServiceProvider.GetRequiredService(_context);
        db.AddRange(rows);
        db.AddRange(rows.OfType<Organisation>().Select(PlaceOf));
        await db.SaveChangesAsync();
        _services.GetRequiredService<AccessCache>().Forget();
    }
}
