using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Gengdu.Supervision.Samples;

/// <summary>
/// The draws "gengdu-sample-1" and "gengdu-sample-2", exactly as ADR 0019 and 0028 and scripts/recheck-sample.mjs have them: whole numbers only. Round by round
/// one of those left is drawn, with chances as their weights: the same distribution as Efraimidis' and Spirakis' A-ES, without
/// its logarithms. The whole order is settled at once; a sample is its beginning, and a wider one more of it.
/// </summary>
internal static class SampleDraw
{
    /// <summary>Of samples announced before the quality of a report was a risk.</summary>
    public const string WithoutQuality = "gengdu-sample-1";

    /// <summary>Of samples announced from now on.</summary>
    public const string Algorithm = "gengdu-sample-2";
    private const int HashBits = 256;

    /// <summary>What is committed to before anybody can know the seed: a line for each report, in the order of their ids.</summary>
    public static string ListOf(string algorithm, IEnumerable<SampleCandidate> candidates) => string.Concat(InOrder(candidates).Select(c => string.Create(CultureInfo.InvariantCulture,
        $"{c.ReportId},{c.Risk.ExplainedWarnings},{c.Risk.ReturnRounds},{(c.Risk.Late ? 1 : 0)},{(c.Risk.ReadLately ? 1 : 0)},{QualityOf(algorithm, c)}{c.Risk.Weight}\n")));

    public static string HashOf(string list) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list)));

    /// <summary>All candidates in the order in which they are drawn.</summary>
    /// <param name="algorithm">Its name is part of the key.</param>
    /// <param name="seed">64 lower-case hexadecimal digits.</param>
    /// <param name="listHash">Of <see cref="ListOf"/>.</param>
    /// <param name="candidates">In any order.</param>
    public static IReadOnlyList<SampleCandidate> OrderOf(string algorithm, string seed, string listHash, IEnumerable<SampleCandidate> candidates)
    {
        using var hmac = new HMACSHA256(SHA256.HashData(Encoding.UTF8.GetBytes($"{algorithm}\n{seed}\n{listHash}\n")));
        var left = InOrder(candidates).ToList();
        var (total, drawn) = (left.Sum(c => (long)c.Risk.Weight), new List<SampleCandidate>(left.Count));
        for (var round = 1; left.Count > 0; round++)
        {
            var hash = new BigInteger(hmac.ComputeHash(Encoding.UTF8.GetBytes(round.ToString(CultureInfo.InvariantCulture))), isUnsigned: true, isBigEndian: true);
            var point = (long)((hash * total) >> HashBits);
            var index = 0;
            while (point >= left[index].Risk.Weight)
            {
                point -= left[index++].Risk.Weight;
            }

            total -= left[index].Risk.Weight;
            drawn.Add(left[index]);
            left.RemoveAt(index);
        }

        return drawn;
    }

    private static string QualityOf(string algorithm, SampleCandidate candidate) => algorithm == WithoutQuality ? ""
        : candidate.Risk.Quality is { } quality ? string.Create(CultureInfo.InvariantCulture, $"{quality},") : "-,";

    private static IEnumerable<SampleCandidate> InOrder(IEnumerable<SampleCandidate> candidates) => candidates.OrderBy(c => c.ReportId.ToString(), StringComparer.Ordinal);
}
