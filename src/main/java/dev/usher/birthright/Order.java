package dev.usher.birthright;

import dev.usher.entra.GraphRequest;

/** A request about one grant, with what follows from its answer. */
record Order(Holding holding, What what, GraphRequest request) {

    enum What {
        /** Given for the first time: "already exists" means that somebody else was faster. */
        GIVE,
        /** Given before: by a try whose answer was lost, or before somebody took it away by hand. */
        GIVE_AGAIN,
        /** Taken away. */
        TAKE
    }
}
