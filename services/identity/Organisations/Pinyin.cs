using System.Text;

namespace Gengdu.Identity.Organisations;

/// <summary>
/// How a Chinese name is read, without tones: data/pinyin.csv. A character with several readings (乐亭 laoting, 蔚县 yuxian)
/// gives a further reading of the whole name for each of them, one such character at a time.
/// </summary>
internal static class Pinyin
{
    private const int MostReadings = 16;
    private static readonly Lazy<Dictionary<char, string[]>> Table = new(Load);

    /// <summary>Whole readings and their initials: "laotingxian" and "ltx". The usual one first, none twice.</summary>
    public static IReadOnlyCollection<string> ReadingsOf(string name)
    {
        var syllables = name.Where(char.IsLetterOrDigit).Select(c => Table.Value.GetValueOrDefault(c) ?? [char.ToLowerInvariant(c).ToString()]).ToArray();
        var chosen = syllables.Select(readings => readings[0]).ToArray();
        var found = new List<string>();
        Add(chosen);
        for (var i = 0; i < syllables.Length; i++)
        {
            foreach (var other in syllables[i].Skip(1).Where(_ => found.Count < MostReadings))
            {
                (var usual, chosen[i]) = (chosen[i], other);
                Add(chosen);
                chosen[i] = usual;
            }
        }

        return [.. found.Distinct()];

        void Add(string[] reading)
        {
            found.Add(string.Concat(reading));
            found.Add(string.Concat(reading.Select(syllable => syllable[0])));
        }
    }

    private static Dictionary<char, string[]> Load()
    {
        using var stream = typeof(Pinyin).Assembly.GetManifestResourceStream("pinyin.csv") ?? throw new InvalidOperationException("The table of readings is missing in the build.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var table = new Dictionary<char, string[]>(21_000);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            var readings = line[..comma].Split(' ');
            foreach (var character in line.AsSpan(comma + 1))
            {
                table[character] = readings;
            }
        }

        return table;
    }
}
