using System.Globalization;
using Gengdu.Province.Api;
using Gengdu.Province.Make;
using Gengdu.Province.Values;

namespace Gengdu.Province.Play;

/// <summary>
/// The province owner hands in what the registers of pupils and teachers say on the semester's first day, so that forms offer it and
/// compare with it. Nine schools of ten report what the register says; some differ a little, some by so much that they are asked why.
/// </summary>
internal sealed class PlayRegisters(Session owner, IReadOnlyList<School> schools, Steps steps)
{
    private const int AtOnce = 4000;
    private readonly Semester _semester = Semester.Now();

    public Task RunAsync(CancellationToken cancellationToken) => steps.RunAsync("registers 登记数", schools.Count, async done =>
    {
        foreach (var part in schools.Chunk(AtOnce / 27))
        {
            var figures = part.Select(school => (school.Code, Figures: FiguresOf(school, _semester.Start))).ToList();
            await PutAsync("全国中小学生学籍信息管理系统（演示数据）", figures.SelectMany(one => one.Figures.Where(f => f.Key != "teachers").Select(f => new RegisterFigure(one.Code, f.Key, f.Value))), cancellationToken);
            await PutAsync("全国教师管理信息系统（演示数据）", figures.SelectMany(one => one.Figures.Where(f => f.Key == "teachers").Select(f => new RegisterFigure(one.Code, f.Key, f.Value))), cancellationToken);
            done(part.Length);
        }
    });

    /// <summary>Totals, and pupils and classes grade by grade.</summary>
    internal static IReadOnlyDictionary<string, int> FiguresOf(School school, DateOnly day)
    {
        var made = new Figures(school, day, day);
        // Of its own: what the school reports must not depend on whether a register is loaded.
        var random = new Random(school.Seed ^ 0x5EED);
        var factor = random.NextDouble() switch { < 0.90 => 1.0, < 0.97 => 1 + (0.04 * (random.NextDouble() - 0.5)), _ => 1.09 };
        var students = made.Students.ToDictionary(grade => grade.Key, grade => (int)Math.Round(grade.Value * factor));
        var figures = new Dictionary<string, int> { ["students"] = students.Values.Sum(), ["classes"] = made.AllClasses, ["teachers"] = made.FullTimeTeachers };
        foreach (var grade in school.Grades)
        {
            (figures[$"students/{grade}"], figures[$"classes/{grade}"]) = (students[grade], made.Classes[grade]);
        }

        return figures;
    }

    private Task<System.Text.Json.Nodes.JsonNode> PutAsync(string source, IEnumerable<RegisterFigure> figures, CancellationToken cancellationToken) => owner.PutAsync("/api/reporting/master-figures",
        new { source, asOf = _semester.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), figures = figures.ToList() }, 0, cancellationToken);

    private sealed record RegisterFigure(string Code, string Key, int Value);
}
