using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Faults;

/// <summary>The faults in force. The first that happens to a request is the only one.</summary>
public sealed class FaultList
{
    private readonly Lock _lock = new();
    private readonly List<Fault> _faults = [];

    public Fault Add(Fault fault)
    {
        lock (_lock)
        {
            _faults.Add(fault);
        }

        return fault;
    }

    public IReadOnlyList<Fault> All()
    {
        lock (_lock)
        {
            return [.. _faults];
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _faults.Clear();
        }
    }

    internal Fault? Take(RecordedRequest request)
    {
        lock (_lock)
        {
            return _faults.FirstOrDefault(fault => fault.Take(request));
        }
    }
}
