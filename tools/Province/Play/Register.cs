using Gengdu.Province.Api;
using Gengdu.Province.Make;

namespace Gengdu.Province.Play;

/// <summary>What the administrator enters: divisions, schools, people.</summary>
internal sealed class Register(Session administrator, Steps steps)
{
    public Task DivisionsAsync(string file, CancellationToken cancellationToken) => steps.RunAsync("divisions 行政区划", 1, async done =>
    {
        await administrator.PostCsvAsync("/api/identity/divisions", await File.ReadAllTextAsync(file, cancellationToken), cancellationToken);
        done(1);
    });

    public Task SchoolsAsync(IReadOnlyList<School> schools, CancellationToken cancellationToken) => steps.RunAsync("schools 学校", schools.Count, async done =>
    {
        foreach (var part in schools.Chunk(1000))
        {
            await administrator.PostAsync("/api/identity/organisations/batch", new
            {
                organisations = part.Select(s => new
                {
                    code = s.Code,
                    parentCode = s.ParentCode,
                    nameZh = s.NameZh,
                    nameEn = s.NameEn,
                    levelRoles = new[] { "school" },
                    kind = "school",
                    schoolType = s.Type,
                    urbanRural = s.UrbanRural,
                    runBy = s.RunBy,
                    grades = s.Grades,
                    validFrom = "2020-09-01",
                }),
            }, cancellationToken);
            done(part.Length);
        }
    });

    public Task PeopleAsync(IEnumerable<Person> people, CancellationToken cancellationToken)
    {
        var all = people.ToList();
        return steps.RunAsync("people 人员", all.Count, async done =>
        {
            // A clerk's two thousand roles make a request of their own; the rest go in hundreds.
            foreach (var part in all.Where(p => p.Assignments.Count > 50).Select(p => new[] { p }).Concat(all.Where(p => p.Assignments.Count <= 50).Chunk(100)))
            {
                await administrator.PostAsync("/api/identity/people/batch", new { people = part }, cancellationToken);
                done(part.Length);
            }
        });
    }
}
