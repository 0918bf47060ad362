using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCaseOrderer(typeof(Gengdu.TestOrder))]
[assembly: TestCollectionOrderer(typeof(Gengdu.TestOrder))]

namespace Gengdu;

/// <summary>
/// The order of tests, part of every test project. The runner's own goes by the folder the repository lies in and takes no
/// seed: a test that needs another one first then fails on somebody else's machine alone. Here it goes by names and
/// <c>--seed N</c>, 0 when nobody says. An odd seed is the even one before it backwards: between the two, every
/// test of a class runs both before and after every other.
/// </summary>
internal sealed class TestOrder : ITestCaseOrderer, ITestCollectionOrderer
{
    private static readonly int s_seed = SeedOf(Environment.GetCommandLineArgs());

    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase => Ordered(testCases, test => $"{test.TestClassName}.{test.TestMethodName}: {test.TestCaseDisplayName}", s_seed);

    /// <summary>The name of a class's own collection ends with what the runner computed from the folder.</summary>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => Ordered(testCollections, collection => collection.TestCollectionDisplayName.Split(" (id: ")[0], s_seed);

    internal static T[] Ordered<T>(IEnumerable<T> items, Func<T, string> name, int seed)
    {
        var ordered = items.OrderBy(item => Mixed(name(item), seed / 2), StringComparer.Ordinal);
        return [.. seed % 2 == 0 ? ordered : ordered.Reverse()];
    }

    internal static int SeedOf(string[] arguments) =>
        Array.IndexOf(arguments, "--seed") is var at and >= 0 && at + 1 < arguments.Length ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : 0;

    private static string Mixed(string name, int seed) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed} {name}"))));
}
