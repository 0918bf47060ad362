using System.Text;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.Masters;

/// <param name="Key">students, or students/g1 for one grade.</param>
internal sealed record MasterColumn(string Key, string Zh, string En)
{
    /// <summary>The figure it belongs to, and the grade it is about.</summary>
    public (string Figure, string? Grade) Parts => Key.Split('/') is [var figure, var grade] ? (figure, grade) : (Key, null);
}

/// <summary>The headings of a file of register figures, as the programmes of this release say what registers know.</summary>
internal sealed class MasterColumns
{
    public const string Code = "code";

    /// <summary>Read and not looked at: it is for the people who make the file.</summary>
    public const string Name = "name";

    private readonly Dictionary<string, string> _headings;

    public MasterColumns(IEnumerable<Programme> programmes)
    {
        Figures = [.. programmes.SelectMany(Of).DistinctBy(column => column.Key)];
        _headings = Figures.SelectMany(c => new[] { (c.Zh, c.Key), (c.En, c.Key), (c.Key, c.Key) })
            .Concat([("学校代码", Code), ("学校标识码", Code), ("机构代码", Code), ("School code", Code), (Code, Code), ("学校名称", Name), ("学校", Name), ("School name", Name), ("School", Name), (Name, Name)])
            .DistinctBy(pair => Plain(pair.Item1)).ToDictionary(pair => Plain(pair.Item1), pair => pair.Item2);
    }

    /// <summary>A figure's total before its grades.</summary>
    public IReadOnlyList<MasterColumn> Figures { get; }

    /// <summary>Which column stands where, or everything that is wrong with the first row.</summary>
    public (Dictionary<string, int> At, Problem? Refused) Read(string[] cells)
    {
        var (at, errors) = (new Dictionary<string, int>(), new List<FieldError>());
        for (var i = 0; i < cells.Length; i++)
        {
            var shown = cells[i].Length > 40 ? cells[i][..40] : cells[i];
            if (shown.Length > 0 && (!_headings.TryGetValue(Plain(cells[i]), out var key) || !at.TryAdd(key, i)))
            {
                errors.Add(key is null
                    ? new(shown, "unknown-column", new($"不认识的列：{shown}", $"Unknown column: {shown}")) { Line = 1 }
                    : new(shown, "duplicate-column", new($"列重复：{shown}", $"This column is there twice: {shown}")) { Line = 1 });
            }
        }

        if (!at.ContainsKey(Code))
        {
            errors.Add(new(Code, "missing-column", new("缺少列：学校代码", "This column is missing: School code")) { Line = 1 });
        }

        if (!at.Keys.Any(key => key is not (Code or Name)))
        {
            var names = Figures.Where(column => column.Parts.Grade is null).ToList();
            errors.Add(new("figures", "missing-column", new($"至少需要一列数值：{string.Join("、", names.Select(c => c.Zh))}", $"At least one column of figures is needed: {string.Join(", ", names.Select(c => c.En))}")) { Line = 1 });
        }

        return (at, errors.Count == 0 ? null : MasterProblems.WrongHeaders(errors));
    }

    private static IEnumerable<MasterColumn> Of(Programme programme) => programme.Master.SelectMany(figure => (IEnumerable<MasterColumn>)
    [
        new(figure.Key, figure.Name.Zh, figure.Name.En),
        .. figure.ByGrade ? programme.Grades.Select(grade => new MasterColumn($"{figure.Key}/{grade.Key}", $"{grade.Name.Zh}{figure.Name.Zh}", $"{grade.Name.En}: {figure.Name.En}")) : [],
    ]);

    private static string Plain(string text) => string.Concat(text.Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
