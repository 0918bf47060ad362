using System.Globalization;
using CsvHelper;

namespace Gengdu.Province.Make;

/// <summary>One row of the divisions file.</summary>
internal sealed record Division(string Code, string ParentCode, string NameZh, string NameEn, string[] LevelRoles, string Kind)
{
    public bool Is(string level) => LevelRoles.Contains(level);

    public static IReadOnlyList<Division> Read(string file)
    {
        using var reader = new StreamReader(file);
        using var csv = new CsvReader(reader, CultureInfo.InvariantCulture);
        var rows = new List<Division>();
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            rows.Add(new(csv.GetField("code")!, csv.GetField("parent_code")!, csv.GetField("name_zh")!, csv.GetField("name_en")!,
                csv.GetField("level_roles")!.Split(';'), csv.GetField("kind")!));
        }

        return rows;
    }
}
