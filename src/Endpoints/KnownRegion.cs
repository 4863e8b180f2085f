using System;
using System.Collections.Generic;
using System.Linq;

namespace OssPayment.Endpoints;

/// <summary>A region, as the vendor's table of regions and endpoints has it.</summary>
/// <param name="row">A line of <c>regions.tsv</c>.</param>
internal sealed class KnownRegion(string row)
{
    /// <summary>The region of buckets that have no region attribute, which cannot be pay-by-requester.</summary>
    internal const string WithoutAttribute = "rg-china-mainland";

    private readonly string[] _cells = row.Split('\t');

    internal string Id => _cells[0];

    internal string Place => _cells[1];

    /// <summary>What a user must know of the region; null where there is nothing.</summary>
    internal string? Note => Cell(6);

    /// <summary>The types that have an endpoint in this region.</summary>
    internal IEnumerable<EndpointType> Types =>
        new[] { EndpointType.Public, EndpointType.Internal, EndpointType.DualStack }
            .Where(type => HostOf(type) is not null);

    internal IEnumerable<string> Hosts =>
        $"{_cells[2]} {_cells[3]} {_cells[4]} {_cells[5]}".Split(' ').Where(host => host != "-");

    /// <summary>Whether a word of its id or of its place begins with the text, as in <c>hang</c>.</summary>
    internal bool IsMeantBy(string text) =>
        $" {Id} {Id.Replace('-', ' ')} {Place}".IndexOf(" " + text, StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>The host of the type; null if the region has none.</summary>
    internal string? HostOf(EndpointType type) => type switch
    {
        EndpointType.Internal => Cell(3),
        EndpointType.DualStack => Cell(4),
        _ => Cell(2),
    };

    private string? Cell(int column) => _cells[column] == "-" ? null : _cells[column];
}
