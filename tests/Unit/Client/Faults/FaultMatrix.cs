using System.Collections.Generic;
using System.Linq;
using OssPayment.Tests.Client.Faults.Rows;

namespace OssPayment.Tests.Client.Faults;

/// <summary>All rows, and the cases that follow from them.</summary>
internal static class FaultMatrix
{
    private static readonly FaultRow[] AllRows =
    [
        .. ConnectionRows.All,
        .. TimeRows.All,
        .. LengthRows.All,
        .. ProtocolRows.All,
        .. ForeignResponseRows.All,
        .. XmlRows.All,
        .. ValueRows.All,
        .. RedirectRows.All,
        .. StatusRows.All,
        .. ErrorTextRows.All,
    ];

    private static readonly Dictionary<string, FaultCase> ByName =
        AllRows.SelectMany(FaultCase.Of).ToDictionary(faultCase => faultCase.Name);

    internal static int Rows => AllRows.Length;

    internal static IReadOnlyCollection<FaultCase> Cases => ByName.Values;

    internal static FaultCase Case(string name) => ByName[name];
}
