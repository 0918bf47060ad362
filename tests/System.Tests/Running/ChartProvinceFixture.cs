using Gengdu.Province;

namespace Gengdu.System.Tests.Running;

/// <summary>
/// A province with a semester behind it, as pages over the cycles need one. Its figures are moved by nobody else's tests, and analytics may be
/// taken away from it. Two schools are left: the first is for who hands something in, the second for who only looks back.
/// </summary>
public sealed class ChartProvinceFixture : ProvinceFixture
{
    private protected override LoadOptions Vary(LoadOptions plain) => plain with { Untouched = 2, PastSchools = 8 };
}

/// <summary>Tests that share the province with a past; they run one after another.</summary>
[CollectionDefinition(nameof(ChartProvinceShared))]
public sealed class ChartProvinceShared : ICollectionFixture<ChartProvinceFixture>;
