/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.real.RealEngine;
import java.nio.file.Path;

/** The contract with Debian's docker. */
class DockerdIT extends RealEngineContract {
    @Override
    RealEngine start(Path files) throws Exception {
        return RealEngine.docker(files);
    }
}
