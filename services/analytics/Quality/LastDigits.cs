namespace Gengdu.Analytics.Quality;

/// <summary>
/// Which digits numbers end with. Counted numbers end with each digit about as often; estimates end with 0 and 5. From 20 up, where the
/// last digit is free.
/// </summary>
internal static class LastDigits
{
    private const double Smallest = 20;
    private const double Largest = 1e15;
    private const int LeastNumbers = 15;
    private const int SuspiciousPercent = 70;

    /// <summary>Nine degrees of freedom, one in a thousand.</summary>
    public const double Critical = 27.88;

    /// <summary>Fewer say nothing about ten digits.</summary>
    public const int LeastForTest = 200;

    public static int[] Of(IEnumerable<double> numbers)
    {
        var digits = new int[10];
        foreach (var number in numbers)
        {
            var size = Math.Abs(number);
            if (size >= Smallest && size < Largest && size == Math.Floor(size))
            {
                digits[(long)size % 10]++;
            }
        }

        return digits;
    }

    public static (QualityPart Part, IReadOnlyList<QualityFinding> Findings) Judge(int[] digits)
    {
        var (round, of) = (digits[0] + digits[5], digits.Sum());
        return (new(QualityKinds.Rounded, 10, of < LeastNumbers ? null : Assessment.Falling(round, of, 40, 90), round, of),
            of >= LeastNumbers && 100 * round >= SuspiciousPercent * of ? [new(QualityKinds.Rounded, Count: round, Of: of)] : []);
    }

    /// <summary>How far the digits are from equally many of each; null for too few numbers.</summary>
    public static double? ChiSquare(int[] digits)
    {
        var of = digits.Sum();
        return of < LeastForTest ? null : Math.Round(digits.Sum(count => (count - (of / 10.0)) * (count - (of / 10.0)) / (of / 10.0)), 1);
    }
}
