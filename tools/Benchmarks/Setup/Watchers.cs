using System.Security.Cryptography;
using Gengdu.Province;
using Gengdu.Province.Api;
using Gengdu.Province.Make;
using Gengdu.Province.Play;

namespace Gengdu.Benchmarks.Setup;

/// <summary>Somebody who looks at the figures of a place.</summary>
internal sealed record Watcher(Session Session, Guid Place);

/// <summary>People of the province, its cities and counties, enough of them for so many pages: one person may hold four open.</summary>
internal sealed class Watchers : IDisposable
{
    private const int PagesEach = 4;

    private Watchers(IReadOnlyList<Watcher> all) => All = all;

    public IReadOnlyList<Watcher> All { get; }

    public static async Task<Watchers> SignInAsync(BenchmarkOptions options, BenchmarkProvince province, int pages, CancellationToken cancellationToken)
    {
        var password = RandomNumberGenerator.GetHexString(20);
        var codes = province.Schools.Select(school => school.ParentCode).Distinct().ToHashSet();
        // Only places that have schools; most people are of counties.
        var counties = province.Divisions.Where(d => d.Is("county") && codes.Contains(d.Code)).ToList();
        var cities = province.Divisions.Where(d => d.Is("city") && counties.Any(county => county.ParentCode == d.Code)).ToList();
        var people = new List<Person>();
        for (var n = 0; n < (pages + PagesEach - 1) / PagesEach; n++)
        {
            var (role, code) = (n % 10) switch
            {
                0 => ("province-owner", "130000"),
                1 or 2 => ("city-supervisor", cities[n % cities.Count].Code),
                _ => ("county-reviewer", counties[n % counties.Count].Code),
            };
            people.Add(new($"bench-watcher-{n}", $"基准测试 看图 {n}", password, [new(role, code)]));
        }

        using (var administrator = await Session.SignInAsync(options.Address, options.AdministratorName, options.AdministratorPassword, cancellationToken))
        {
            await new Register(administrator, new Steps(interactive: false)).PeopleAsync(people, cancellationToken);
        }

        var watchers = new List<Watcher>();
        foreach (var person in people)
        {
            var session = await Session.SignInAsync(options.Address, person.UserName, password, cancellationToken);
            var me = await session.GetAsync("/api/identity/me", cancellationToken);
            watchers.Add(new(session, me["assignments"]![0]!["organisation"]!["id"]!.GetValue<Guid>()));
        }

        return new(watchers);
    }

    public void Dispose()
    {
        foreach (var watcher in All)
        {
            watcher.Session.Dispose();
        }
    }
}
